package report

import _ "embed" // the schema is part of the program

//go:embed report.schema.json
var schema string

// Schema is report.schema.json, the JSON Schema (draft 2020-12) that every
// result keeps to. Members are only ever added to it.
func Schema() []byte { return []byte(schema) }
