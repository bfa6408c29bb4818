package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of imports inside the module: what each package may use
// of the others. Imports go one way; cmd alone knows everybody.
var allowed = map[string][]string{
	"extract/lazyregexp":        {},
	"extract":                   {},
	"extract/page":              {"extract"},
	"extract/page/draw":         {"extract/page"},
	"extract/cfb":               {},
	"extract/doc":               {"extract", "extract/cfb", "extract/flow", "extract/ordinal", "extract/symbolfont"},
	"extract/docx":              {"extract", "extract/flow", "extract/ordinal", "extract/symbolfont"},
	"extract/flow":              {"extract", "extract/grid", "extract/ordinal", "extract/symbolfont"},
	"extract/grid":              {"extract"},
	"extract/html":              {"extract", "extract/flow", "extract/ordinal", "extract/symbolfont"},
	"extract/ordinal":           {"extract/symbolfont"},
	"extract/rtf":               {"extract", "extract/flow", "extract/ordinal", "extract/symbolfont"},
	"extract/symbolfont":        {},
	"extract/pdf":               {"extract", "extract/page", "extract/page/draw", "extract/pdf/cid", "extract/pdf/glyphname", "extract/symbolfont"},
	"extract/pdf/cid":           {},
	"extract/pdf/glyphname":     {},
	"extract/pdfium":            {"extract", "extract/page", "extract/page/draw", "extract/symbolfont"},
	"extract/differ":            {"extract", "extract/page", "extract/pdf", "extract/pdfium"},
	"extract/layout":            {"extract", "extract/page", "extract/lazyregexp"},
	"extract/tablescore":        {"extract"},
	"extract/reader":            {"extract", "extract/cfb", "extract/doc", "extract/docx", "extract/html", "extract/layout", "extract/page", "extract/pdf", "extract/rtf"},
	"extract/sandbox":           {"extract", "extract/pdfium", "extract/reader", "extract/wire"},
	"extract/wire":              {"extract"},
	"convert/report":            {},
	"convert/form":              {},
	"convert/mapping":           {"convert/form", "convert/report", "extract", "extract/lazyregexp"},
	"convert/glance":            {},
	"convert/claims":            {"convert/glance", "extract/lazyregexp"},
	"convert/rules":             {"convert/claims", "convert/glance", "convert/form", "convert/mapping", "convert/report", "extract", "extract/lazyregexp"},
	"convert/textdiff":          {},
	"convert/review":            {"convert/form", "convert/mapping", "convert/report", "convert/textdiff", "extract/lazyregexp"},
	"convert/wordml":            {},
	"convert/wordform":          {"convert/form", "convert/report", "convert/wordml", "extract/lazyregexp"},
	"convert/unpack":            {"extract"},
	"convert/fixture":           {"convert/form", "convert/report", "convert/wordform"},
	"convert/local":             {"convert/form", "convert/history", "convert/mapping", "convert/report", "convert/rules"},
	"convert":                   {"convert/form", "convert/local", "convert/mapping", "convert/report", "convert/review", "convert/rules", "extract", "extract/grid"},
	"convert/bodies":            {"extract/lazyregexp"},
	"convert/bodies/sheet":      {"convert/bodies"},
	"convert/aggregate":         {"convert/form", "convert/report"},
	"convert/history":           {"convert/aggregate", "convert/bodies", "convert/form", "convert/report", "convert/rules", "extract/lazyregexp"},
	"convert/figures":           {"convert/form", "convert/report"},
	"convert/intake":            {"convert/figures", "convert/history", "convert/report", "convert/review", "extract"},
	"convert/picture":           {"convert/intake", "extract"},
	"convert/places":            {"convert/report", "extract"},
	"convert/custody":           {"convert/custody/bagit", "convert/intake"},
	"convert/custody/bagit":     {},
	"storage/archive":           {"convert/custody", "convert/intake"},
	"storage/archive/dir":       {"convert/custody", "convert/intake", "storage/archive"},
	"storage/archive/s3":        {"convert/custody", "convert/intake", "storage/archive"},
	"storage/db":                {},
	"convert/overview":          {"convert/bodies", "convert/intake", "convert/report"},
	"convert/compare":           {"convert/bodies", "convert/figures", "convert/intake", "convert/overview", "convert/report"},
	"convert/aggregate/collect": {"convert/aggregate", "convert/bodies", "convert/form", "convert/intake", "convert/overview", "convert/report", "convert/review"},
	"convert/export":            {"convert/aggregate", "convert/aggregate/collect", "convert/bodies", "convert/form", "convert/intake", "convert/report", "convert/review", "convert/rules", "convert/spreadsheet", "convert/wordform", "convert/wordml"},
	"convert/problems":          {"convert/form", "convert/intake", "convert/overview", "convert/report", "convert/rules", "convert/spreadsheet", "convert/wordml"},
	"convert/spreadsheet":       {"convert/report"},
	"storage/catalog":           {"api/auth", "convert/bodies", "convert/custody", "convert/intake", "convert/overview", "convert/report", "storage/db"},
	"storage/backup":            {"storage/db"},
	"storage/pictures":          {"extract/lazyregexp"},
	"storage/queue":             {"convert/intake", "storage/db"},
	"api/auth":                  {"convert/intake"},
	"api/telemetry":             {"convert/intake", "extract", "extract/lazyregexp"},
	"api":                       {"api/auth", "api/telemetry", "api/web", "convert/aggregate", "convert/aggregate/collect", "convert/bodies", "convert/bodies/sheet", "convert/compare", "convert/export", "convert/figures", "convert/form", "convert/history", "convert/intake", "convert/overview", "convert/picture", "convert/problems", "convert/report", "convert/review", "convert/rules", "convert/spreadsheet", "convert/wordform", "extract"},
	"api/web/chart":             {},
	"api/web":                   {"api/auth", "api/web/chart", "convert/aggregate", "convert/aggregate/collect", "convert/bodies", "convert/compare", "convert/figures", "convert/form", "convert/history", "convert/intake", "convert/overview", "convert/picture", "convert/places", "convert/problems", "convert/report", "convert/review", "convert/rules", "convert/textdiff", "extract"},
	"api/client":                {},
}

// homes has, for each heavy library, the only packages that may import it.
var homes = map[string][]string{
	"github.com/gin-gonic/gin":            {"api"},
	"github.com/danielgtaylor/huma":       {"api"},
	"github.com/swaggest/swgui":           {"api"},
	"github.com/ledongthuc/pdf":           {"extract/pdf"},
	"github.com/klippa-app/go-pdfium":     {"extract/pdfium"},
	"github.com/orisano/gosax":            {"extract/docx"},
	"golang.org/x/net/html":               {"api", "extract/html"},
	"github.com/landlock-lsm/go-landlock": {"extract/sandbox"},
	"github.com/nguyenthenguyen/docx":     {"convert/wordform"},
	"github.com/xuri/excelize":            {"convert/bodies/sheet", "convert/export", "convert/spreadsheet"},
	"github.com/minio/minio-go":           {"storage/archive/s3"},
	"modernc.org/sqlite":                  {"storage/db"},
	"github.com/jackc/pgx":                {"storage/db", "storage/queue"},
	"github.com/riverqueue/river":         {"storage/queue"},
	"github.com/pressly/goose":            {"storage/db"},
	"database/sql":                        {"storage/db", "storage/catalog", "storage/queue", "storage/backup"},
	"github.com/spf13/cobra":              {"cmd/nianbao"},
	"github.com/prometheus/client_golang": {"api/telemetry"},
	"go.opentelemetry.io":                 {"api/telemetry"},
	"github.com/goccy/go-yaml":            {"cmd/nianbao", "convert/local"},
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "nianbao/...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []listedPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

func TestImportsGoOneWay(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "nianbao/")
		if strings.HasSuffix(name, "test") && name != "test" {
			continue // conformance suites are used by tests only
		}
		edges, known := allowed[name]
		if !known && name != "cmd/nianbao" {
			t.Errorf("package %s is not in the table of allowed imports", name)
		}
		for _, imp := range p.Imports {
			if inner, ok := strings.CutPrefix(imp, "nianbao/"); ok && name != "cmd/nianbao" && !slices.Contains(edges, inner) {
				t.Errorf("%s imports %s, which the table does not allow", name, inner)
			}
			for lib, where := range homes {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.Contains(where, name) {
					t.Errorf("%s imports %s, whose home is %v", name, imp, where)
				}
			}
		}
	}
}

// The report model can be taken by other programs as it is.
func TestReportModelNeedsOnlyTheStandardLibrary(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.ImportPath != "nianbao/convert/report" {
			continue
		}
		for _, imp := range p.Imports {
			if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				t.Errorf("convert/report imports %s", imp)
			}
		}
		return
	}
	t.Error("convert/report was not listed")
}
