package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The tables of another program are scored against the truths beside the PDFs.
func TestTablesScoresAFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("a.pdf", "not read")
	write("a.csv", "x,y\n1,2\n")
	write("b.pdf", "not read")
	write("b-str.xml", `<document><table><region page='1'><cell start-row='0' start-col='0'><content>x</content></cell>
		<cell start-row='0' start-col='1'><content>y</content></cell></region></table></document>`)
	write("c.pdf", "has no truth")
	found := write("found.json", `{"a.pdf": [{"rows": 2, "columns": 2, "cells": [
		{"row": 0, "column": 0, "row_span": 1, "column_span": 1, "text": "x"},
		{"row": 0, "column": 1, "row_span": 1, "column_span": 1, "text": "y"},
		{"row": 1, "column": 0, "row_span": 1, "column_span": 1, "text": "1"}]}]}`)
	var out bytes.Buffer
	opt := tablesOptions{reading: readingConfig{Jobs: 1, Timeout: 1e9, CPU: 1e9, MemoryMiB: 128, Pages: 1, ExpandMiB: 1}, tables: found, difference: true}
	if err := runTables(context.Background(), &out, dir, opt); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"1.000 0.500 0.667", "- p0 1 → 2", // a.pdf: two of four relations
		"1.000 0.000 0.000     0.000     0.000     b.pdf 没有结果",
		"ICDAR 答案，1 个文件", "CSV 答案，1 个文件",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "c.pdf") {
		t.Errorf("a PDF without truth is scored:\n%s", out.String())
	}
}
