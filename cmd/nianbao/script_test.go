package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// envProgram makes the test binary the program itself.
const envProgram = "NIANBAO_TEST_PROGRAM"

// The test binary stands in for the program: it is the command in the scripts,
// and the child process that the sandbox starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childCommand || os.Getenv(envProgram) != "" {
		os.Exit(run(os.Args[1:]))
	}
	testscript.Main(webtest.M{M: m}, map[string]func(){"nianbao": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		// Where the second engine's compiled module is kept.
		Setup: func(env *testscript.Env) error {
			dir, err := os.UserCacheDir()
			if err == nil {
				env.Setenv("XDG_CACHE_HOME", dir)
			}
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"report":  makeReport,
			"cut":     cutFile,
			"ndjson":  checkNDJSON,
			"figures": checkFigures,

			"token-id": tokenID,
			"intake":   intakeFolder,
		},
	})
}

// report FORM SEED FILE…: writes the made report as .docx or .pdf.
func makeReport(ts *testscript.TestScript, _ bool, args []string) {
	seed, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	r := fixture.New(seed, args[0])
	for _, name := range args[2:] {
		b := r.PDF(fixture.DefaultStyle())
		if strings.HasSuffix(name, ".docx") {
			b, err = r.DOCX()
			ts.Check(err)
		}
		ts.Check(os.WriteFile(ts.MkAbs(name), b, 0o600))
	}
}

// cut FILE: keeps the first half of a file.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b[:len(b)/2], 0o600))
}

// ndjson FILE NAME[=CODE]…: the file has one line for each name in this order,
// a result, or a failure with the code.
func checkNDJSON(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile(args[0]), "\n"), "\n")
	if len(lines) != len(args)-1 {
		ts.Fatalf("%d lines, want %d", len(lines), len(args)-1)
	}
	for i, want := range args[1:] {
		var got struct {
			Source report.Source
			Report *json.RawMessage
			Error  *report.Problem
		}
		ts.Check(json.Unmarshal([]byte(lines[i]), &got))
		name, code, failed := strings.Cut(want, "=")
		if got.Source.Filename != name {
			ts.Fatalf("line %d is of %s, want %s", i+1, got.Source.Filename, name)
		}
		if failed != (got.Error != nil) || failed == (got.Report != nil) || failed && got.Error.Code != code {
			ts.Fatalf("line %d: want %s, got %.300s", i+1, want, lines[i])
		}
	}
}

// figures FORM SEED FILE: the result in FILE has every figure of the made report.
func checkFigures(ts *testscript.TestScript, _ bool, args []string) {
	seed, err := strconv.ParseUint(args[1], 10, 64)
	ts.Check(err)
	var got report.Result
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[2])), &got))
	want := fixture.New(seed, args[0])
	for _, c := range want.Form.Cells() {
		table, path, _ := strings.Cut(strings.TrimPrefix(c.Path, "/report/"), "/")
		if w, g := value(want.Table(table), path), value(got.Report.Table(table), path); w != g {
			ts.Fatalf("%s: want %s, got %s", c.Path, w, g)
		}
	}
}

func value(n *report.Node, path string) string {
	if n = n.At(path); n == nil || n.Value == nil {
		return "null"
	}
	return fmt.Sprint(n.Value.Float())
}

// intake DIR: a service on the directory data takes in the folder's files.
func intakeFolder(ts *testscript.TestScript, _ bool, args []string) {
	files, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cfg := testServeConfig(ts.MkAbs("data"))
	a, err := newApp(ctx, cfg, slog.New(slog.DiscardHandler))
	ts.Check(err)
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, func() {}) }()
	for _, f := range files {
		r, err := os.Open(filepath.Join(ts.MkAbs(args[0]), f.Name()))
		ts.Check(err)
		_, err = a.engine.service.Upload(ctx, intake.Incoming{Filename: f.Name(), Body: r})
		ts.Check(err)
		ts.Check(r.Close())
	}
	cancel()
	ts.Check(<-done)
}
