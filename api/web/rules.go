package web

import (
	"net/http"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/rules"
)

type rulesView struct {
	Areas   []ruleArea
	Total   int
	Reports bool // there is a list of reports by rule
}

// ruleArea is what rules are grouped by.
type ruleArea struct {
	ID, Title, About string
	Rules            []ruleItem
}

type ruleItem struct {
	Rule
	Grounds string
	Example *exampleView
}

// exampleView shows a wrong and a right place.
type exampleView struct {
	Form         string // words; empty for today's form
	Wrong, Right passageView
}

type passageView struct {
	Lines      []string // of the title, of headings
	Paragraphs []string
	Figures    []figureView
	Signed     string
	Note       string
	Archived   []excerptView
}

// excerptView is what is shown of a report that the passage is compared with.
type excerptView struct {
	Title      string
	Paragraphs []string
	Figures    []figureView
}

// figureView is a cell of an example; Differs marks what the other one has
// otherwise.
type figureView struct {
	Name, Value string
	Differs     bool
}

// ruleAreas are the groups of rules by the first word of their ids; the last one
// takes what has none.
func ruleAreas() []ruleArea {
	return []ruleArea{
		{ID: "applications legal_challenges table", Title: "法定表格", About: "三张法定表格是不是齐全、填满，合计对不对。"},
		{ID: "logic", Title: "数字之间", About: "数字单看都对，放在一起说不通的。"},
		{ID: "narrative", Title: "正文里的数字", About: "正文与表格、正文前后、分项与合计是不是一致。"},
		{ID: "structure", Title: "结构", About: "六个部分和表式是不是按规定。"},
		{ID: "identity", Title: "标题、机关和日期", About: "是哪个机关、哪个年度的报告，有没有抄来没有改全，是不是按时。"},
		{ID: "privacy", Title: "个人信息", About: "公开前必须去掉的。"},
		{ID: "wording", Title: "表述", About: "写反、写错的话和模板残留。"},
		{ID: "history rollup", Title: "与其他报告比对", About: "与归档的上一年度、下级和其他机关的报告比对；没有可以比对的就不判。"},
		{ID: "", Title: "文件和其他"},
	}
}

// areaOf is the place of a rule among the areas.
func areaOf(areas []ruleArea, id string) *ruleArea {
	word, _, _ := strings.Cut(id, ".")
	for i := range areas {
		for _, w := range strings.Fields(areas[i].ID) {
			if w == word {
				return &areas[i]
			}
		}
	}
	return &areas[len(areas)-1]
}

// Rules explains every rule, by area.
func (p *Pages) Rules(w http.ResponseWriter, r *http.Request) error {
	areas := ruleAreas()
	for _, rule := range p.cfg.Rules {
		item := ruleItem{Rule: rule, Grounds: words(rule.Needs)}
		if rule.Example != nil {
			item.Example = p.viewExample(rule.Example)
		}
		a := areaOf(areas, rule.ID)
		a.Rules = append(a.Rules, item)
	}
	v := rulesView{Total: len(p.cfg.Rules), Reports: p.may(r.Context(), "/reports")}
	for _, a := range areas {
		if len(a.Rules) > 0 {
			v.Areas = append(v.Areas, a)
		}
	}
	return p.render(w, r, "rules", layout{Title: "检查规则", Nav: "rules", Body: v})
}

func words(needs []rules.Need) string {
	rule := rules.Rule{Needs: needs}
	return rule.Grounds()
}

func (p *Pages) viewExample(e *rules.Example) *exampleView {
	id := e.Form
	if id == "" {
		id = "2021"
	}
	v := &exampleView{}
	if e.Form != "" {
		v.Form = formText(e.Form)
	}
	labels := map[string]string{}
	if f, ok := form.Lookup(id); ok {
		for _, c := range f.Cells() {
			labels[strings.TrimPrefix(c.Path, "/report/")] = strings.Trim(c.RowLabel+" · "+c.ColumnLabel, " ·")
		}
	}
	v.Wrong, v.Right = viewPassage(&e.Wrong, &e.Right, labels), viewPassage(&e.Right, &e.Wrong, labels)
	return v
}

// viewPassage shows a passage; other is the one it stands beside.
func viewPassage(x, other *rules.Passage, labels map[string]string) passageView {
	v := passageView{Signed: x.Signed, Note: x.Note}
	for _, line := range append([]string{x.Above, x.Title}, x.Headings...) {
		if line != "" {
			v.Lines = append(v.Lines, line)
		}
	}
	v.Paragraphs = lines(x.Text)
	values := map[string]string{}
	for _, f := range other.Figures {
		values[f.Path] = f.Value
	}
	for _, f := range x.Figures {
		v.Figures = append(v.Figures, figureView{Name: labels[f.Path], Value: f.Value, Differs: values[f.Path] != f.Value})
	}
	for _, e := range x.Archived {
		shown := excerptView{Title: e.Title, Paragraphs: lines(e.Text)}
		for _, f := range e.Figures {
			shown.Figures = append(shown.Figures, figureView{Name: labels[f.Path], Value: f.Value})
		}
		v.Archived = append(v.Archived, shown)
	}
	return v
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
