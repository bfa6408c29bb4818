package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/custody"
	"nianbao/convert/fixture"
)

// runCommand runs the program in this process.
func runCommand(t *testing.T, args ...string) (stdout string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	root := newRoot(&out, &errs)
	root.SetArgs(args)
	err = root.ExecuteContext(t.Context())
	return out.String(), err
}

// mustCommand wants an exit status of 0.
func mustCommand(t *testing.T, args ...string) string {
	t.Helper()
	out, err := runCommand(t, args...)
	if err != nil {
		t.Fatalf("nianbao %v: %v\n%s", args, err, out)
	}
	return out
}

// withReports runs a service that has taken in some reports, and gives its data
// directory and their ids.
func withReports(t *testing.T, n int) (data string, ids []string) {
	t.Helper()
	base, data := startService(t, nil)
	for i := range n {
		word, err := fixture.New(uint64(100+i), "2021").DOCX()
		if err != nil {
			t.Fatal(err)
		}
		r := upload(t, base, "云溪县政府信息公开年报.docx", bytes.NewReader(word))
		if r.status != 201 {
			t.Fatalf("%d %s", r.status, r.body)
		}
		ids = append(ids, result(t, r).ID)
	}
	return data, ids
}

// TestVerifyCommand: beside a running service; with a damaged original it says
// which, in words and as JSON, and exits with 1.
func TestVerifyCommand(t *testing.T) {
	data, ids := withReports(t, 3)
	out := mustCommand(t, "verify", "--data", data)
	for _, want := range []string{"原件 3 份", "目录库：3 行", "没有发现问题", "verifications/"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	originals, err := filepath.Glob(filepath.Join(data, "archive", "originals", "*", "*"))
	if err != nil || len(originals) != 3 {
		t.Fatalf("%v, %v", originals, err)
	}
	if err := os.Truncate(originals[0], 100); err != nil {
		t.Fatal(err)
	}
	var status exitStatus
	out, err = runCommand(t, "verify", "--data", data, "--no-record")
	if !errors.As(err, &status) || status != 1 || !strings.Contains(out, "截短 1") || !strings.Contains(out, "实有 100 字节") {
		t.Errorf("%v:\n%s", err, out)
	}
	out, err = runCommand(t, "verify", "--data", data, "--json", "--by", "张三")
	var r struct {
		custody.Report
		Sound  bool
		Record string
	}
	if bad := json.Unmarshal([]byte(out), &r); bad != nil || !errors.As(err, &status) || status != 1 {
		t.Fatalf("%v, %v:\n%s", err, bad, out)
	}
	if r.Sound || r.By != "张三" || len(r.Findings) != 1 || r.Findings[0].Kind != custody.Truncated || !slices.Contains(ids, r.Findings[0].ReportID) {
		t.Errorf("%+v", r)
	}
	if _, err := os.Stat(filepath.Join(data, "archive", filepath.FromSlash(r.Record))); err != nil {
		t.Errorf("the record: %v", err)
	}
	kept, err := filepath.Glob(filepath.Join(data, "archive", "verifications", "*"))
	if err != nil || len(kept) != 2 {
		t.Errorf("records %v, %v; want two", kept, err)
	}
	if err := os.Remove(originals[1]); err != nil {
		t.Fatal(err)
	}
	if out, err = runCommand(t, "verify", "--data", data, "--archive-only", "--sample", "1"); !errors.As(err, &status) || !strings.Contains(out, "缺失 1") {
		t.Errorf("%v:\n%s", err, out)
	}
}

// TestArchiveCommands: what is exported passes the check, in each form, and what
// was changed afterwards does not.
func TestArchiveCommands(t *testing.T) {
	data, ids := withReports(t, 3)
	dir := t.TempDir()
	for form, which := range map[string][]string{"bag": {ids[0], ids[1], ids[0]}, "bag.zip": {"--all"}, "bag.tar": {"--form", "2021"}} {
		name := filepath.Join(dir, form)
		out, err := runCommand(t, append([]string{"archive", "export", "--data", data, "-o", name, "--organization", "云溪县人民政府"}, which...)...)
		if err != nil || !strings.Contains(out, "已导出") {
			t.Fatalf("%s: %v\n%s", form, err, out)
		}
		if out := mustCommand(t, "archive", "check", name); !strings.Contains(out, "包完好") {
			t.Errorf("%s: %s", form, out)
		}
	}
	found, err := filepath.Glob(filepath.Join(dir, "bag", "data", "云溪县政府信息公开年报_*", "original.docx"))
	if err != nil || len(found) != 2 {
		t.Fatalf("originals in the bag: %v, %v", found, err)
	}
	if err := os.Truncate(found[0], 10); err != nil {
		t.Fatal(err)
	}
	var status exitStatus
	out, err := runCommand(t, "archive", "check", "--json", filepath.Join(dir, "bag"))
	if !errors.As(err, &status) || status != 1 || !strings.Contains(out, `"valid": false`) {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := runCommand(t, "archive", "export", "--data", data, "-o", filepath.Join(dir, "none"), "--year", "1999"); err == nil {
		t.Errorf("a bag of nothing:\n%s", out)
	}
	// There is no bag where an original is damaged, and nothing left of it.
	originals, err := filepath.Glob(filepath.Join(data, "archive", "originals", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(originals[0], 10); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"again", "again.zip"} {
		if out, err := runCommand(t, "archive", "export", "--data", data, "-o", filepath.Join(dir, form), "--all"); err == nil {
			t.Errorf("%s of a damaged original:\n%s", form, out)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "again*")); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}
