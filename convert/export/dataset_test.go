package export_test

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/export"
	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/spreadsheet"
)

// frame is a table of a data set as a program reads it: its rows by their columns.
type frame []map[string]string

// readDataset reads a data set by its descriptor and checks that it is what this says.
func readDataset(t *testing.T, dir string) map[string]frame {
	t.Helper()
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var p struct {
		Resources []struct {
			Name, Path, Hash string
			Bytes            int
			Rows             int
			Schema           struct {
				Fields      []struct{ Name, Title, Type string }
				PrimaryKey  []string
				ForeignKeys []struct {
					Fields    []string
					Reference struct {
						Resource string
						Fields   []string
					}
				}
			}
		}
	}
	if err := json.Unmarshal(read("datapackage.json"), &p); err != nil {
		t.Fatal(err)
	}
	words, sums := string(read("README.md")), string(read("SHA256SUMS"))
	all := map[string]frame{}
	for _, r := range p.Resources {
		content := read(r.Path)
		sum := sha256.Sum256(content)
		digest := hex.EncodeToString(sum[:])
		if r.Hash != "sha256:"+digest || r.Bytes != len(content) || !strings.Contains(sums, digest+"  "+r.Path+"\n") {
			t.Errorf("%s: %s of %d bytes, told as %s of %d", r.Path, digest, len(content), r.Hash, r.Bytes)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows)-1 != r.Rows {
			t.Errorf("%s: %d rows, told as %d", r.Path, len(rows)-1, r.Rows)
		}
		keys := map[string]bool{}
		for _, row := range rows[1:] {
			of, key := map[string]string{}, ""
			for i, f := range r.Schema.Fields {
				if rows[0][i] != f.Name || f.Title == "" || !strings.Contains(words, "| `"+f.Name+"` | "+f.Title+" |") {
					t.Fatalf("%s: column %q is described as %+v", r.Path, rows[0][i], f)
				}
				of[f.Name] = row[i]
				if _, err := strconv.ParseFloat(row[i], 64); row[i] != "" && err != nil && (f.Type == "number" || f.Type == "integer") {
					t.Errorf("%s: %q is no %s", r.Path, row[i], f.Type)
				}
			}
			for _, k := range r.Schema.PrimaryKey {
				key += of[k] + "\x00"
			}
			if keys[key] {
				t.Errorf("%s: twice %q", r.Path, key)
			}
			keys[key] = true
			for _, f := range r.Schema.ForeignKeys {
				n, err := strconv.Atoi(of[f.Fields[0]])
				if err != nil || n < 1 || n > len(all[f.Reference.Resource]) {
					t.Errorf("%s: refers to %q of %s", r.Path, of[f.Fields[0]], f.Reference.Resource)
				}
			}
			all[r.Name] = append(all[r.Name], of)
		}
	}
	return all
}

// where returns the rows whose columns have the values, given in pairs.
func (f frame) where(pairs ...string) frame {
	var out frame
	for _, row := range f {
		same := true
		for i := 0; i < len(pairs); i += 2 {
			same = same && row[pairs[i]] == pairs[i+1]
		}
		if same {
			out = append(out, row)
		}
	}
	return out
}

// A data set holds every cell of the forms, every claim, finding and loss, and what
// could not be converted; it is what its descriptor says.
func TestDataset(t *testing.T) {
	odd, older := hostile(), made(2, "2019")
	odd.Report.NarrativeClaims = []report.NarrativeClaim{{Subject: "applications.new", Label: "收到申请", Value: "12", Unit: "件",
		Sentence: "联系人13812345678，收到申请12件。", Place: "/report/sections/0/text", Start: 18, End: 21, Qualifiers: []string{"approximate", "floor"}}}
	put(older, "/report/proactive_disclosure/government_procurement/amount_yuan", "12.5", report.StateNumber)
	s := set()
	s.Entries = func(yield func(export.Entry, error) bool) {
		_ = yield(export.Entry{Result: odd, ID: "a", Review: report.Checked}, nil) && yield(failure(), nil) && yield(export.Entry{Result: older}, nil)
	}
	dir := t.TempDir()
	if err := export.Dataset(dir, s); err != nil {
		t.Fatal(err)
	}
	all := readDataset(t, dir)
	one := func(table string, pairs ...string) map[string]string {
		t.Helper()
		rows := all[table].where(pairs...)
		if len(rows) != 1 {
			t.Fatalf("%s %q: %d rows", table, pairs, len(rows))
		}
		return rows[0]
	}
	if r := one("reports", "report", "2"); r["error"] != "damaged" || r["reason"] != "文件已损坏：第 3 页不能读取。" || r["agency"] != "" || r["filename"] != "坏.pdf" {
		t.Errorf("%v", r)
	}
	if r := one("reports", "report", "1"); spreadsheet.Unguard(r["agency"]) != "@SUM(A1:A9)" || r["review"] != "checked" || r["status"] != "fail" || r["id"] != "a" {
		t.Errorf("%v", r)
	}
	for n, want := range map[string]int{"1": 200, "2": 0, "3": 198} {
		if got := len(all["cells"].where("report", n)); got != want {
			t.Errorf("report %s: %d cells, want %d", n, got, want)
		}
	}
	for path, want := range map[string][3]string{newTotal: {"", "text", "=cmd()"}, carried: {"", "ambiguous", "12"}, granted: {"", "placeholder", "/"}, secret: {"", "blank", ""}} {
		c := one("cells", "report", "1", "path", path)
		if got := [3]string{c["value"], c["state"], spreadsheet.Unguard(c["text"])}; got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if c := one("cells", "report", "3", "path", "/report/proactive_disclosure/government_procurement/amount_yuan"); c["value"] != "12.5" || !strings.HasSuffix(c["label"], "采购总金额") {
		t.Errorf("%v", c)
	}
	if c := one("claims"); c["value"] != "12" || c["qualifiers"] != "approximate floor" || strings.Contains(c["sentence"], "13812345678") {
		t.Errorf("%v", c)
	}
	if f := one("findings"); f["rule"] != "applications.balance" || f["expected"] != "12" || strings.Contains(f["message"]+f["quote"], "13812345678") {
		t.Errorf("%v", f)
	}
	if l := one("losses"); l["code"] != "text_box" || l["page"] != "2" {
		t.Errorf("%v", l)
	}
}

// A cell of the form that the document does not have is told to be absent, never 0.
func TestDatasetAbsent(t *testing.T) {
	res := made(3, "2021")
	delete(res.Provenance, newTotal)
	res.Report.Table("applications").Ensure("new/total").Value = nil
	dir := t.TempDir()
	if err := export.Dataset(dir, set(res)); err != nil {
		t.Fatal(err)
	}
	if c := readDataset(t, dir)["cells"].where("path", newTotal); len(c) != 1 || c[0]["state"] != "absent" || c[0]["value"] != "" {
		t.Errorf("%v", c)
	}
}

// An error of the entries ends it; what is there already is not overwritten.
func TestDatasetFails(t *testing.T) {
	broken := errors.New("the store is away")
	s := export.Set{Forms: form.All(), Entries: func(yield func(export.Entry, error) bool) { yield(export.Entry{}, broken) }}
	dir := t.TempDir()
	if err := export.Dataset(dir, s); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if err := export.Dataset(dir, set()); !errors.Is(err, os.ErrExist) {
		t.Errorf("into a directory that is not empty: %v", err)
	}
}
