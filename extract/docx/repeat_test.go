package docx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

// unrepeated is the body with a comment in all properties, which are then never looked
// up.
func unrepeated(body string) string {
	for _, name := range []string{"<w:rPr>", "<w:pPr>", "<w:tcPr>"} {
		body = strings.ReplaceAll(body, name, name+"<!---->")
	}
	return body
}

// TestRepeats: properties that are written as others were before are read as if they
// were the first.
func TestRepeats(t *testing.T) {
	const w = `http://schemas.openxmlformats.org/wordprocessingml/2006/main`
	hidden := func(space, text string) string {
		return `<w:p xmlns:q="` + space + `"><w:r><w:rPr><q:vanish/></w:rPr><w:t>` + text + `</w:t></w:r></w:p>`
	}
	row := func(props string) string {
		return `<w:tbl><w:tr>` + cellOf(props, "甲") + cellOf(props, "乙") + `</w:tr></w:tbl><w:p/>`
	}
	var many strings.Builder
	for i := range 2 * maxRepeats {
		many.WriteString(`<w:p><w:pPr><w:ind w:left="` + strings.Repeat("1", i%7) + strings.Repeat("2", i/7) + `"/><w:outlineLvl w:val="1"/></w:pPr>` + runOf("题") + `</w:p>`)
	}
	for name, body := range map[string]string{
		"a report":             typicalReport().body,
		"prefix of no meaning": hidden(w, "甲") + hidden("urn:x", "乙") + hidden(w, "丙"),
		"counted changes":      row(`<w:cellDel/>`) + row(`<w:cellDel/>`) + row(`<w:cellIns/>`) + row(`<w:cellIns/>`),
		"damaged":              strings.Repeat(`<w:p><w:pPr><w:jc w:val="&bad;"/></w:pPr>`+runOf("甲")+`</w:p>`, 3),
		"sections": strings.Repeat(`<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/></w:sectPr></w:pPr>`+
			runOf("甲")+`</w:p>`, 2),
		"twice in one place": `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:tcPr><w:vMerge/></w:tcPr>` + para("甲") + `</w:tc></w:tr>` +
			`<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>` + para("乙") + `</w:tc>` + cellOf("", "丙") + `</w:tr></w:tbl>`,
		"elements that are counted": strings.Repeat(`<w:p><w:pPr><w:p/></w:pPr>`+runOf("甲")+`</w:p>`, 2),
		"spaced":                    strings.Repeat("<w:p><w:pPr>\n <w:jc w:val=\"center\"/>\n</w:pPr>"+runOf("甲")+`</w:p>`, 2),
		"long":                      strings.Repeat(`<w:p><w:pPr>`+strings.Repeat(`<w:keepNext/>`, maxRepeated/10)+`<w:jc w:val="right"/></w:pPr>`+runOf("甲")+`</w:p>`, 2),
		"many":                      many.String(),
	} {
		f := fixture{body: body, headers: []string{para("眉")}}
		with := f.read(t)
		f.body = unrepeated(body)
		if diff := cmp.Diff(f.read(t), with); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestRepeatsDamaged: what is wrong is found, and in the same place, where the rest was
// read before.
func TestRepeatsDamaged(t *testing.T) {
	good := `<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>`
	for name, c := range map[string]struct{ body, says string }{
		"other end": {good + `<q:p xmlns:q="urn:q"/><w:p><w:pPr ><w:jc w:val="left"/></w:rPr></w:p>`, "结束标记与开始标记不符"},
		"cut":       {good + `<w:p><w:pPr><w:jc w:val="left"/>`, "结束标记与开始标记不符"},
		"DOCTYPE":   {good + `<w:p><w:pPr><!DOCTYPE x></w:pPr></w:p>`, "DOCTYPE"},
		"no quotes": {good + `<w:p><w:pPr><w:jc w:val=left/></w:pPr></w:p>`, "属性值没有引号"},
	} {
		_, err := readBytes(fixture{body: c.body}.file(t), extract.DefaultLimits())
		e := extract.AsError(err)
		if e == nil || e.Code != extract.CodeDamaged || !strings.Contains(e.Detail, c.says) {
			t.Errorf("%s: %v", name, err)
		}
		offset := func(body string) string {
			_, err := readBytes(fixture{body: body}.file(t), extract.DefaultLimits())
			_, after, _ := strings.Cut(err.Error(), " 第 ")
			return after
		}
		plain := strings.Replace(good, "<w:jc", "       <w:jc", 1) // as long as with the comment
		if got, want := offset(plain+c.body), offset(unrepeated(good)+c.body); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestRepeatsDepth: properties over the limit on depth are refused though they were read
// before in a place that was not as deep.
func TestRepeatsDepth(t *testing.T) {
	lim := extract.DefaultLimits()
	props := `<w:p><w:pPr><w:x><w:y/></w:x></w:pPr>` + runOf("甲") + `</w:p>`
	for depth := lim.Depth - 8; depth < lim.Depth; depth++ {
		body := strings.Repeat("<w:smartTag>", depth) + props + strings.Repeat("</w:smartTag>", depth)
		_, first := readBytes(fixture{body: body}.file(t), lim)
		_, second := readBytes(fixture{body: props + body}.file(t), lim)
		if (first == nil) != (second == nil) {
			t.Errorf("depth %d: %v after %v", depth, second, first)
		}
	}
}
