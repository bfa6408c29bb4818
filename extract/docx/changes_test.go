package docx

import (
	"bytes"
	"strings"
	"testing"

	"nianbao/extract"
)

func insertedRun(text string) string { return `<w:ins w:id="1">` + runOf(text) + `</w:ins>` }

func deletedRun(text string) string {
	return `<w:del w:id="1"><w:r><w:delText>` + text + `</w:delText></w:r></w:del>`
}

// readChanges reads a fixture and gives its outline and the codes of warnings.
func (f fixture) readChanges(t *testing.T, c extract.Changes) (lines, warned string) {
	t.Helper()
	b := f.file(t)
	e, err := ReadWith(bytes.NewReader(b), int64(len(b)), extract.Options{Limits: extract.DefaultLimits(), Changes: c})
	if err != nil {
		t.Fatal(err)
	}
	checkReading(t, e, nil)
	return strings.TrimSuffix(outline(e), "\n"), codes(e)
}

// A tracked change is read in three ways; what each leaves out or marks is told.
func TestTrackedChanges(t *testing.T) {
	mark := func(kind string) string { return `<w:pPr><w:rPr><w:` + kind + ` w:id="1"/></w:rPr></w:pPr>` }
	row := func(kind, inner string) string {
		return `<w:tr><w:trPr><w:` + kind + ` w:id="1"/></w:trPr>` + inner + `</w:tr>`
	}
	list := `<w:abstractNum w:abstractNumId="0">` + lvl("0", "1", "chineseCounting", "%1、", nothing) + `</w:abstractNum>` + num("1", "0", "")
	for name, c := range map[string]struct {
		body                string
		accept, reject, all string
	}{
		"text": {"<w:p>" + insertedRun("增") + deletedRun("删") + runOf("留") + "</w:p>", "p: 增留", "p: 删留", "p: {+增+}[-删-]留"},
		"move": {"<w:p><w:moveFrom>" + runOf("移") + "</w:moveFrom>" + runOf("中") + "<w:moveTo>" + runOf("移") + "</w:moveTo></w:p>", "p: 中移", "p: 移中", "p: [-移-]中{+移+}"},
		"deleted insertion": {`<w:p><w:ins><w:del><w:r><w:delText>又</w:delText></w:r></w:del></w:ins>` + runOf("留") + "</w:p>",
			"p: 留", "p: 留", "p: {+[-又-]+}留"},
		"inserted mark": {"<w:p>" + mark("ins") + runOf("前") + "</w:p>" + para("后"), "p: 前\np: 后", "p: 前后", "p: 前\np: 后"},
		"deleted mark":  {"<w:p>" + mark("del") + runOf("前") + "</w:p>" + para("后"), "p: 前后", "p: 前\np: 后", "p: 前\np: 后"},
		"field": {"<w:p>" + `<w:del>` + fld("begin") + `<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>` + fld("separate") + `<w:r><w:delText>7</w:delText></w:r>` + fld("end") + `</w:del>` + runOf("页") + "</w:p>",
			"p: 页", "p: 7页", "p: [-7-]页"},
		"formula": {`<w:p><m:oMath><w:ins><m:r><m:t>x</m:t></m:r></w:ins><w:del><m:r><m:t>y</m:t></m:r></w:del></m:oMath></w:p>`, "p: x", "p: y", "p: xy"},
		"rows": {tableOf("1 1", row("del", cellOf("", "x")+cellOf("", "y")), row("ins", cellOf("", "a")+cellOf("", "b"))),
			"table 0\n  a|b", "table 0\n  x|y", "table 0\n  [-x-]|[-y-]\n  {+a+}|{+b+}"},
		"row marked twice": {tableOf("1", `<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>`+deletedRun("x")+`</w:p></w:tc></w:tr>`, rowOf(cellOf("", "a"))),
			"table 0\n  a", "table 0\n  x\n  a", "table 0\n  [-x-]\n  a"},
		"cells": {tableOf("1 1", rowOf(cellOf("", "a"), cellOf("<w:cellDel/>", "y"), cellOf("<w:cellIns/>", "b"))),
			"table 0\n  a|b", "table 0\n  a|y", "table 0\n  a|y|b"},
		"merge": {tableOf("1 1", rowOf(cellOf(`<w:cellMerge w:vMerge="rest"/>`, "a"), cellOf("", "1")), rowOf(cellOf(`<w:cellMerge w:vMerge="cont"/>`, ""), cellOf("", "2"))),
			"table 0\n  a|1\n  ^|2", "table 0\n  a|1\n  |2", "table 0\n  a|1\n  ^|2"},
		"split": {tableOf("1 1", rowOf(cellOf(`<w:cellMerge w:vMergeOrig="rest"/>`, "a"), cellOf("", "1")), rowOf(cellOf(`<w:cellMerge w:vMergeOrig="cont"/>`, ""), cellOf("", "2"))),
			"table 0\n  a|1\n  |2", "table 0\n  a|1\n  ^|2", "table 0\n  a|1\n  |2"},
		"span": {tableOf("1 1", rowOf(cellOf(`<w:gridSpan w:val="2"/><w:tcPrChange w:id="1"><w:tcPr><w:gridSpan w:val="1"/></w:tcPr></w:tcPrChange>`, "a"), cellOf(`<w:cellDel/>`, "b")), rowOf(cellOf("", "c"), cellOf("", "d"))),
			"table 0\n  a|<\n  c|d", "table 0\n  a|b\n  c|d", "table 0\n  a|<|b\n  c|d|~"},
		"outline and number": {`<w:p><w:pPr><w:outlineLvl w:val="0"/><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>` + runOf("题") + `</w:p>`,
			"h1: 题", "p [一、]: 一、题", "h1: 题"},
		"hidden": {`<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>现</w:t></w:r>` + runOf("文") + `</w:p>`, "p: 现文", "p: 文", "p: 现文"},
		"numbers of deleted paragraphs": {`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>` + deletedRun("删") + `</w:p>` + numbered("1", "0", "甲"),
			"p [一、]: 一、甲", "p [一、]: 一、删\np [二、]: 二、甲", "p [一、]: 一、[-删-]\np [二、]: 二、甲"},
	} {
		t.Run(name, func(t *testing.T) {
			f := fixture{body: c.body, numbering: list}
			for way, want := range map[extract.Changes]string{extract.AcceptChanges: c.accept, extract.RejectChanges: c.reject, extract.AllChanges: c.all} {
				got, warned := f.readChanges(t, way)
				if got != want {
					t.Errorf("%s:\n%s\nwant:\n%s", way, got, want)
				}
				silent := name == "inserted mark" || name == "deleted mark" || name == "merge" || name == "split" || name == "outline and number" || name == "hidden"
				if !silent && !strings.HasPrefix(warned, "tracked_changes") {
					t.Errorf("%s: warnings %q", way, warned)
				}
			}
			if got, _ := f.readChanges(t, ""); got != c.accept {
				t.Errorf("unsaid:\n%s\nwant:\n%s", got, c.accept)
			}
		})
	}
}

// The warning counts, so that it can be told how much is open.
func TestTrackedChangesAreCounted(t *testing.T) {
	e := fixture{body: "<w:p>" + insertedRun("增") + insertedRun("加") + deletedRun("删") + "</w:p>"}.expect(t, "p: 增加")
	if len(e.Warnings) != 2 || !strings.Contains(e.Warnings[0].Message, "插入") || !strings.Contains(e.Warnings[0].Message, "2 处") || !strings.Contains(e.Warnings[1].Message, "删除") {
		t.Errorf("warnings %v", e.Warnings)
	}
}

// Comments are not the document's text: they are counted, and read only where
// all changes are.
func TestComments(t *testing.T) {
	f := fixture{
		body:     "<w:p>" + `<w:commentRangeStart w:id="4"/>` + runOf("文") + `<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r></w:p>` + para("后"),
		comments: `<w:comment w:id="4" w:author="某">` + para("请核实") + para("第二段") + `</w:comment><w:comment w:id="5">` + para("无人引用") + `</w:comment>`,
	}
	for way, want := range map[extract.Changes]string{
		"": "p: 文\np: 后", extract.RejectChanges: "p: 文\np: 后", extract.AllChanges: "p: 文\np comment: 请核实\np comment: 第二段\np: 后",
	} {
		got, warned := f.readChanges(t, way)
		if got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", way, got, want)
		}
		if (warned == "comments_skipped") != (way != extract.AllChanges) {
			t.Errorf("%q: warnings %q", way, warned)
		}
	}
}
