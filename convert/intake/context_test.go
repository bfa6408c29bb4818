package intake_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"nianbao/convert/bodies"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

// yearly is an invented report as the played reader gives it: agency, year, the
// applications carried over and forward, and prose, a word each.
func yearly(agency string, year int, over, forward, prose string) string {
	return fmt.Sprintf("pdf %s %d %s %s %s", agency, year, over, forward, prose)
}

// convertYearly makes the result of a yearly report.
func convertYearly(ex *extract.Extraction, src report.Source) *report.Result {
	res := &report.Result{SchemaVersion: report.SchemaVersion, Source: src, Provenance: map[string]report.Place{}}
	res.Source.MediaType, res.Validation.Status = ex.Format.MediaType(), "pass"
	word := func(i int) string { return ex.Document.Blocks[i].Text }
	agency := word(1)
	year, err := strconv.Atoi(word(2))
	if err != nil {
		panic(err)
	}
	f, _ := form.Lookup("2021")
	r := &res.Report
	r.Agency, r.Year, r.Form = &agency, &year, f.ID
	r.Sections = []report.Section{{Key: "overview", Title: "总体情况", Text: word(5)}}
	r.Applications = &report.Node{}
	for _, c := range f.Table("applications").Cells() {
		text := "0"
		switch {
		case strings.Contains(c.Path, "/carried_over/"):
			text = word(3)
		case strings.Contains(c.Path, "/carried_forward/"):
			text = word(4)
		}
		n := r.Applications.Ensure(strings.TrimPrefix(c.Path, "/report/applications/"))
		place := report.Place{Text: text, State: report.StateText}
		if _, err := strconv.Atoi(text); err == nil {
			number := report.Number(text)
			n.Value, place.State = &number, report.StateNumber
		}
		res.Provenance[c.Path] = place
	}
	return res
}

func newYearlyHouse(t *testing.T) *house {
	return newHouse(t, func(c *intake.Config) { c.Convert = convertYearly })
}

// take uploads a second later than what came before.
func (h *house) take(agency string, year int, over, forward, prose string) string {
	h.t.Helper()
	h.clock.add(time.Second)
	return h.mustUpload(agency+strconv.Itoa(year)+".pdf", yearly(agency, year, over, forward, prose)).ID
}

// says is what a rule says of a report beside the others.
func (h *house) says(id, rule string) report.Judgement {
	h.t.Helper()
	return h.saysTo(intake.Scope{}, id, rule)
}

func (h *house) saysTo(scope intake.Scope, id, rule string) report.Judgement {
	h.t.Helper()
	c, err := h.Context(h.t.Context(), id, scope)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, o := range c.Rules {
		if o.ID == rule {
			return o.Outcome
		}
	}
	h.t.Fatalf("no outcome of %s", rule)
	return ""
}

func (h *house) wantSays(what, id, rule string, want report.Judgement) {
	h.t.Helper()
	if got := h.says(id, rule); got != want {
		h.t.Errorf("%s: %s is %s, want %s", what, rule, got, want)
	}
}

const carryOver, copied = "history.carry_over", "history.copied"

// Two years of one agency, in both orders of arrival.
func TestContextOfTwoYears(t *testing.T) {
	const agency = "云溪县教育局"
	for _, olderFirst := range []bool{true, false} {
		for _, forward := range []string{"3", "2", "若干"} {
			t.Run(fmt.Sprint(olderFirst, forward), func(t *testing.T) {
				h := newYearlyHouse(t)
				var older, newer string
				if olderFirst {
					older = h.take(agency, 2022, "0", forward, "旧")
					newer = h.take(agency, 2023, "3", "0", "新")
				} else {
					newer = h.take(agency, 2023, "3", "0", "新")
					h.wantSays("alone", newer, carryOver, report.NotApplicable)
					older = h.take(agency, 2022, "0", forward, "旧")
				}
				want := map[string]report.Judgement{"3": report.Passed, "2": report.Failed, "若干": report.Undetermined}[forward]
				h.wantSays("newer", newer, carryOver, want)
				h.wantSays("older", older, carryOver, report.NotApplicable)
				h.loseCatalog()
				h.wantSays("newer, rebuilt", newer, carryOver, want)
			})
		}
	}
}

// What is stored of a report says nothing of others.
func TestContextIsNotStored(t *testing.T) {
	h := newYearlyHouse(t)
	h.take("云溪县教育局", 2022, "0", "2", "旧")
	id := h.take("云溪县教育局", 2023, "3", "0", "新")
	res, err := h.Result(t.Context(), id, false)
	if err != nil || res.Validation.Context != nil || len(res.Validation.Rules) != 0 {
		t.Errorf("%+v, %v", res, err)
	}
}

// A new version of the older year, one chosen by hand, and one that is deleted.
func TestContextFollowsTheVersionInForce(t *testing.T) {
	h := newYearlyHouse(t)
	h.setBodies("云溪县教育局")
	newer := h.take("云溪县教育局", 2023, "3", "0", "新")
	wrong := h.take("云溪县教育局", 2022, "0", "2", "旧")
	h.wantSays("the first version", newer, carryOver, report.Failed)
	right := h.take("云溪县教育局", 2022, "0", "3", "改正")
	h.wantSays("the new version", newer, carryOver, report.Passed)
	if err := h.Choose(t.Context(), wrong, true); err != nil {
		t.Fatal(err)
	}
	h.wantSays("chosen by hand", newer, carryOver, report.Failed)
	if err := h.Delete(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	h.wantSays("the chosen one deleted", newer, carryOver, report.Passed)
	if err := h.Delete(t.Context(), right); err != nil {
		t.Fatal(err)
	}
	h.wantSays("all deleted", newer, carryOver, report.NotApplicable)
	if _, err := h.Context(t.Context(), right, intake.Scope{}); !errors.Is(err, intake.ErrNotFound) {
		t.Errorf("of a deleted report: %v", err)
	}
}

// An agency that was renamed has its old name as an alias.
func TestContextOfARenamedAgency(t *testing.T) {
	h := newYearlyHouse(t)
	older := h.take("云溪县教育局", 2022, "0", "2", "旧")
	newer := h.take("云溪县教育体育局", 2023, "3", "0", "新")
	h.wantSays("unknown", newer, carryOver, report.NotApplicable)
	l, err := bodies.New([]bodies.Entry{{Body: bodies.Body{Name: "云溪县教育体育局", Aliases: []string{"云溪县教育局"}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Version = 1
	if err := h.catalog.ReplaceBodies(t.Context(), l, bodies.Edit{At: time.Unix(1, 0)}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.catalog.Repropose(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	h.wantSays("declared", newer, carryOver, report.Failed)
	if h.summary(older).BodyID == "" {
		t.Error("the older report has no body")
	}
}

// ownWords is invented prose long enough to be somebody's own.
const ownWords = "把三十四座桥梁的检测结论逐座挂到栏目里并写明复检月份。施工封闭前七天在沿线村口喇叭同步播报绕行路线，外卖骑手反映的夜间照明盲区逐条回应。" +
	"历年交通管制通告按道路名称重新编号，清理出早已失效的限行标志说明四十余份。渡口停航和轮渡恢复的消息由值班调度员直接录入，隔日抽查录入时间。"

// Prose copied from a sister agency is found while that report is there, and only by
// those who may see it.
func TestContextOfCopiedProse(t *testing.T) {
	h := newYearlyHouse(t)
	h.setBodies("云溪县交通运输局", "白石县交通运输局")
	own := h.take("云溪县交通运输局", 2023, "0", "0", ownWords)
	h.wantSays("alone", own, copied, report.NotApplicable)
	h.take("云溪县教育局", 2023, "0", "0", "别的文字。")
	h.wantSays("beside others", own, copied, report.Passed)
	sister := h.take("白石县交通运输局", 2023, "0", "0", ownWords)
	h.wantSays("beside its sister", own, copied, report.Failed)
	h.wantSays("the sister", sister, copied, report.Failed)
	if got := h.saysTo(intake.Scope{Restricted: true, Bodies: []string{h.summary(own).BodyID}}, own, copied); got == report.Failed {
		t.Error("the finding tells of a report outside of the scope")
	}
	h.loseCatalog()
	h.setBodies("云溪县交通运输局", "白石县交通运输局")
	h.wantSays("rebuilt", own, copied, report.Failed)
	if err := h.Delete(t.Context(), sister); err != nil {
		t.Fatal(err)
	}
	h.wantSays("the sister deleted", own, copied, report.Passed)
}

// A government's report beside those of the bodies below it.
func TestContextOfWhatIsBelow(t *testing.T) {
	const missing, mismatch = "rollup.child_missing", "rollup.mismatch"
	h := newYearlyHouse(t)
	var entries []bodies.Entry
	for i, name := range []string{"云溪县人民政府", "云溪县人民政府办公室", "云溪县教育局", "云溪县气象局"} {
		e := bodies.Entry{Body: bodies.Body{Name: name, Excluded: i == 3}}
		if i > 0 {
			e.Parent = "云溪县人民政府"
		}
		entries = append(entries, e)
	}
	l, err := bodies.New(entries, nil)
	if err != nil {
		t.Fatal(err)
	}
	l.Version = 1
	if err := h.catalog.ReplaceBodies(t.Context(), l, bodies.Edit{At: time.Unix(1, 0)}); err != nil {
		t.Fatal(err)
	}
	county := h.take("云溪县人民政府", 2023, "5", "0", "县")
	h.wantSays("nothing below yet", county, missing, report.Failed)
	h.take("云溪县人民政府办公室", 2023, "2", "0", "办")
	h.wantSays("one below", county, mismatch, report.NotApplicable)
	education := h.take("云溪县教育局", 2023, "3", "0", "教")
	h.wantSays("all below", county, missing, report.Passed)
	h.wantSays("all below", county, mismatch, report.Passed)
	h.wantSays("nothing below it", education, missing, report.NotApplicable)
	corrected := h.take("云溪县教育局", 2023, "4", "0", "改")
	h.wantSays("a new version below", county, mismatch, report.Failed)
	if got := h.saysTo(intake.Scope{Restricted: true, Bodies: []string{h.summary(county).BodyID}}, county, mismatch); got != report.NotApplicable {
		t.Errorf("in a restricted scope: %s", got)
	}
	if err := h.Delete(t.Context(), corrected); err != nil {
		t.Fatal(err)
	}
	h.wantSays("and deleted", county, mismatch, report.Passed)
}

// A result that is lost makes the rules undetermined, and the report is shown.
func TestContextWithALostNeighbour(t *testing.T) {
	h := newYearlyHouse(t)
	older := h.take("云溪县教育局", 2022, "0", "2", "旧")
	newer := h.take("云溪县教育局", 2023, "3", "0", "新")
	dir := filepath.Join(h.root, "archive")
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && strings.Contains(path, "results") && strings.Contains(path, h.summary(older).SHA256) {
			return os.Remove(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	h.wantSays("lost", newer, carryOver, report.Undetermined)
	if _, err := h.Context(context.Background(), older, intake.Scope{}); err == nil {
		t.Error("the lost report has a context")
	}
}
