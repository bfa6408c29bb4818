// Package api is the HTTP interface: gin and huma under /v1, the web pages
// below /, and the addresses for operations. It calls the use case
// (nianbao/convert/intake) and knows neither storage nor readers.
//
// Answers are JSON after report.schema.json; errors are RFC 9457
// application/problem+json with a stable code. OpenAPI 3.1 at /openapi.json is
// generated from the Go types and the statutory forms.
//
// Every address stands for an action (routes.go), and one guard asks before the
// handlers whether the sender may (nianbao/api/auth). Handlers and pages reach the
// use case only through the scope of who asks.
//
// Uploads are streamed to the use case: neither memory nor a temporary file
// ever holds a whole body here.
package api
