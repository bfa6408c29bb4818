package rules

import (
	"encoding/json"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/extract"
)

// source of choices for FuzzJudge: bytes, then zeros.
type choices struct{ data []byte }

func (c *choices) next(n int) int {
	if len(c.data) == 0 || n <= 0 {
		return 0
	}
	b := int(c.data[0])
	c.data = c.data[1:]
	return b % n
}

// distort changes cells, sections, places, blocks, pages and identity of a
// report as the choices say.
func distort(x *fixture, in *choices, text string) {
	states := []report.State{report.StateNumber, report.StateBlank, report.StatePlaceholder, report.StateText, report.StateAmbiguous, "?"}
	values := []string{"0", "7", "-3", "2.5", "99999999999999999999", "1e9", "-", text, ""}
	cells := x.form.Cells()
	r := &x.reading.Report
	for len(in.data) > 0 {
		switch in.next(12) {
		case 0:
			x.state(cells[(in.next(256)*256+in.next(256))%len(cells)].Path, states[in.next(len(states))], text)
		case 1:
			x.set(cells[(in.next(256)*256+in.next(256))%len(cells)].Path, values[in.next(len(values))])
		case 2:
			x.drop(cells[(in.next(256)*256+in.next(256))%len(cells)].Path)
		case 3:
			r.SignedOn = &report.Date{Year: in.next(256) * 20, Month: in.next(20), Day: in.next(40)}
		case 4:
			r.Title, r.Agency = &text, &text
		case 5:
			r.Sections = append(r.Sections, report.Section{Key: []string{"overview", "other", text}[in.next(3)], Number: &text, Title: text, Text: text})
		case 6:
			x.reading.Chapters = append(x.reading.Chapters, mapping.Chapter{Heading: in.next(256) - 5, First: in.next(256) - 9, End: in.next(256) - 5})
		case 7:
			n := in.next(9) - 2
			x.doc.Blocks = append(x.doc.Blocks, extract.Block{Type: []extract.BlockType{extract.Heading, extract.Image, extract.TableRef}[in.next(3)], Text: text, Table: &n, Page: &n})
		case 8:
			x.doc.Pages = append(x.doc.Pages, extract.Page{Number: in.next(5), TextLayer: []extract.TextLayer{extract.TextGood, extract.TextNone, extract.TextGarbled}[in.next(3)]})
		case 9:
			r.Year = []*int{nil, ptr(in.next(256) * 16)}[in.next(2)]
		case 10:
			x.say(text)
		case 11:
			r.Registration = append(r.Registration, report.Registration{Label: text, Value: text})
		}
	}
}

// FuzzJudge: whatever a reading holds, there is no panic, every rule of the
// catalogue has one outcome, findings and outcomes agree, counts and status
// follow from them, and the second run gives the same bytes.
func FuzzJudge(f *testing.F) {
	f.Add(true, []byte{0, 0, 4, 1, 1, 1, 7, 2, 2, 0, 9, 3, 101, 3, 4}, "2021年，我局手机13812345678")
	f.Add(false, []byte{5, 0, 5, 1, 6, 9, 2, 200, 7, 0, 7, 1, 8, 1, 2, 10, 11}, "附件2：国办公开办函〔2019〕60号")
	f.Add(true, []byte{4, 9, 1, 0, 3, 3, 3, 3}, "统计期限为2020年1月1日至2021年12月31日")
	f.Fuzz(func(t *testing.T, newer bool, data []byte, text string) {
		forms := form.All()
		which := forms[1]
		if newer {
			which = forms[0]
		}
		x := newFixtureOf(t, which, uint64(len(data)))
		distort(x, &choices{data[:min(len(data), 400)]}, text)
		v := x.judge()
		checkSummary(t, v)
		again := x.judge()
		if dump(v) != dump(again) {
			t.Fatal("two runs differ")
		}
	})
}

// checkSummary checks what holds for every validation summary.
func checkSummary(t *testing.T, v report.Validation) {
	t.Helper()
	rules := Catalogue()
	if len(v.Rules) != len(rules) {
		t.Fatalf("%d outcomes for %d rules", len(v.Rules), len(rules))
	}
	found := map[string]int{}
	ids := map[string]bool{}
	count := map[report.Severity]int{}
	for _, f := range v.Findings {
		found[f.Rule]++
		count[f.Severity]++
		if ids[f.ID] || f.ID == "" || f.Message == "" || f.Paths == nil {
			t.Errorf("finding %s", dump(f))
		}
		ids[f.ID] = true
	}
	want := "pass"
	for i, o := range v.Rules {
		if o.ID != rules[i].ID || (o.Outcome == report.Failed) != (found[o.ID] > 0) {
			t.Errorf("outcome %s with %d findings", dump(o), found[o.ID])
		}
		if o.Outcome == report.Undetermined {
			want = "warn"
			if o.Reason == nil || *o.Reason == "" || strings.HasPrefix(*o.Reason, Broken) {
				t.Errorf("no reason: %s", dump(o))
			}
		}
	}
	if count[report.SeverityWarning] > 0 {
		want = "warn"
	}
	if count[report.SeverityError] > 0 {
		want = "fail"
	}
	if v.Status != want || v.Errors != count[report.SeverityError] || v.Warnings != count[report.SeverityWarning] || v.Infos != count[report.SeverityInfo] {
		t.Errorf("status %s, counts %d %d %d", v.Status, v.Errors, v.Warnings, v.Infos)
	}
	if _, err := json.Marshal(v); err != nil {
		t.Error(err)
	}
}

// FuzzMask: masking keeps texts without personal numbers, leaves none behind and
// masks no more the second time.
func FuzzMask(f *testing.F) {
	for _, s := range []string{"手机13812345678。", "138 1234 5678/139-1234-5678", "４２０１０６", "420106198508271617x", "8613812345678"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := mask(s)
		if again := mask(once); again != once {
			t.Errorf("%q, then %q", once, again)
		}
		if len(privateIn(s, mobileNumber))+len(privateIn(s, idNumber)) == 0 && once != s {
			t.Errorf("%q became %q", s, once)
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	for _, id := range []string{"2021", "2019"} {
		b.Run(id, func(b *testing.B) {
			x := newFixture(b, id, 1)
			for range 200 { // about 30 KB of prose, as in long reports
				x.block(extract.Paragraph, "（一）依法做好主动公开工作，全年发布信息1234条，其中政策文件56条，比上年增长7.8%，群众满意度持续提升。")
			}
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				x.judge()
			}
		})
	}
}
