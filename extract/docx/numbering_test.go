package docx

import (
	"strings"
	"testing"
)

func lvl(i, start, format, text, more string) string {
	return `<w:lvl w:ilvl="` + i + `"><w:start w:val="` + start + `"/><w:numFmt w:val="` + format + `"/>` + more + `<w:lvlText w:val="` + text + `"/></w:lvl>`
}

func num(id, list, overrides string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + list + `"/>` + overrides + `</w:num>`
}

func numbered(id, level, text string) string {
	inner := ""
	if text != "" {
		inner = runOf(text)
	}
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + id + `"/></w:numPr></w:pPr>` + inner + `</w:p>`
}

const nothing = `<w:suff w:val="nothing"/>`

func TestNumbering(t *testing.T) {
	outlineList := `<w:abstractNum w:abstractNumId="0">` + lvl("0", "1", "chineseCounting", "%1、", nothing) + lvl("1", "1", "chineseCounting", "（%2）", nothing) +
		lvl("2", "1", "decimal", "%3.", "") + lvl("3", "1", "decimal", "%1.%3.%4", "<w:isLgl/>"+`<w:suff w:val="space"/>`) + lvl("4", "5", "decimal", "%5)", `<w:lvlRestart w:val="0"/>`) + `</w:abstractNum>`
	for name, c := range map[string]struct {
		numbering, body string
		want            []string
	}{
		"levels restart": {outlineList + num("1", "0", ""),
			numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("1", "1", "丙") + numbered("1", "2", "丁") + numbered("1", "0", "戊") + numbered("1", "1", "己") + numbered("1", "2", "2023年"),
			[]string{"p [一、]: 一、甲", "p [（一）]: （一）乙", "p [（二）]: （二）丙", "p [1.]: 1.丁", "p [二、]: 二、戊", "p [（一）]: （一）己", "p [1.]: 1. 2023年"}},
		"legal numbers": {outlineList + num("1", "0", ""), numbered("1", "0", "甲") + numbered("1", "2", "乙") + numbered("1", "3", "丙"), []string{"p [一、]: 一、甲", "p [1.]: 1.乙", "p [1.1.1]: 1.1.1 丙"}},
		"never restarted": {outlineList + num("1", "0", ""), numbered("1", "4", "甲") + numbered("1", "0", "乙") + numbered("1", "4", "丙"),
			[]string{"p [5)]: 5)甲", "p [一、]: 一、乙", "p [6)]: 6)丙"}},
		"instances count on": {outlineList + num("1", "0", "") + num("2", "0", ""), numbered("1", "0", "甲") + numbered("2", "0", "乙"), []string{"p [一、]: 一、甲", "p [二、]: 二、乙"}},
		"start override": {outlineList + num("1", "0", "") + num("2", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`),
			numbered("1", "0", "甲") + numbered("1", "0", "乙") + numbered("2", "0", "丙") + numbered("2", "0", "丁"), []string{"p [一、]: 一、甲", "p [二、]: 二、乙", "p [一、]: 一、丙", "p [二、]: 二、丁"}},
		"level override":  {outlineList + num("3", "0", `<w:lvlOverride w:ilvl="0">`+lvl("0", "1", "decimalEnclosedCircle", "%1", nothing)+`</w:lvlOverride>`), numbered("3", "0", "甲"), []string{"p [①]: ①甲"}},
		"parent not used": {outlineList + num("1", "0", ""), numbered("1", "3", "甲"), []string{"p [1.1.1]: 1.1.1 甲"}},
		"bullets": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "bullet", "\uF0D8", `<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>`) + lvl("1", "1", "bullet", "•", "") + `</w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲") + numbered("1", "1", "乙"), []string{"p: ➢ 甲", "p: • 乙"}},
		"no number": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "none", "", "") + lvl("1", "1", "none", "附：", nothing) + `</w:abstractNum>` + num("1", "1", ""), numbered("1", "0", "甲") + numbered("1", "1", "乙"), []string{"p: 甲", "p [附：]: 附：乙"}},
		"restart at a level": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "decimal", "%1.", nothing) + lvl("1", "1", "decimal", "%2)", nothing) + lvl("2", "1", "lowerLetter", "%3", nothing+`<w:lvlRestart w:val="1"/>`) + `</w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲") + numbered("1", "2", "乙") + numbered("1", "1", "丙") + numbered("1", "2", "丁") + numbered("1", "0", "戊") + numbered("1", "2", "己"),
			[]string{"p [1.]: 1.甲", "p [a]: a乙", "p [1)]: 1)丙", "p [b]: b丁", "p [2.]: 2.戊", "p [a]: a己"}},
		"suffixes": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "decimal", "%1", `<w:suff w:val="space"/>`) + lvl("1", "1", "decimal", "%2", nothing) + lvl("2", "1", "decimal", "%3", `<w:suff w:val="tab"/>`) + lvl("3", "1", "decimal", "%4", "") + `</w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("1", "2", "丙") + numbered("1", "3", "2024"), []string{"p [1]: 1 甲", "p [1]: 1乙", "p [1]: 1 丙", "p [1]: 1 2024"}},
		"legal levels keep their counts": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "3", "chineseCounting", "第%1章", nothing) + lvl("1", "1", "decimal", "%1.%2", "<w:isLgl/>"+nothing) + lvl("2", "1", "upperRoman", "%1.%2.%3", nothing) + `</w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("1", "2", "丙"), []string{"p [第三章]: 第三章甲", "p [3.1]: 3.1乙", "p [三.1.I]: 三.1.I丙"}},
		"start override of a lower level": {outlineList + num("1", "0", "") + num("2", "0", `<w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride>`),
			numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("2", "1", "丙") + numbered("2", "1", "丁"), []string{"p [一、]: 一、甲", "p [（一）]: （一）乙", "p [（四）]: （四）丙", "p [（五）]: （五）丁"}},
		"text after a bullet of a plain font": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "bullet", "n", `<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>`) + lvl("1", "1", "bullet", "\uF06C", `<w:rPr><w:rFonts w:hAnsi="Wingdings"/></w:rPr>`) + lvl("2", "1", "bullet", "\uF0B7", `<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>`) + `</w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲") + numbered("1", "1", "乙") + numbered("1", "2", "丙"), []string{"p: ■ 甲", "p: ● 乙", "p: • 丙"}},
		"hidden number":          {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "decimal", "%1.", `<w:rPr><w:vanish/></w:rPr>`) + `</w:abstractNum>` + num("1", "1", ""), numbered("1", "0", "甲"), []string{"p: 甲"}},
		"level without a format": {`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` + num("1", "1", ""), numbered("1", "0", "甲"), []string{"p [1.]: 1.甲"}},
		"lists of their own": {`<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "decimal", "%1.", nothing) + `</w:abstractNum><w:abstractNum w:abstractNumId="2">` + lvl("0", "1", "decimal", "%1.", nothing) + `</w:abstractNum>` + num("1", "1", "") + num("2", "2", ""),
			numbered("1", "0", "甲") + numbered("2", "0", "乙") + numbered("1", "0", "丙"), []string{"p [1.]: 1.甲", "p [1.]: 1.乙", "p [2.]: 2.丙"}},
		"numbering removed": {outlineList + num("1", "0", ""), numbered("0", "0", "甲") + numbered("9", "0", "乙"), []string{"p: 甲", "p: 乙"}},
		"custom format": {`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="第%1号"/></w:lvl></w:abstractNum>` + num("1", "1", ""),
			numbered("1", "0", "甲"), []string{"p [第003号]: 第003号 甲"}},
		"empty paragraph": {outlineList + num("1", "0", ""), numbered("1", "0", "") + numbered("1", "0", "乙"), []string{"p [一、]: 一、", "p [二、]: 二、乙"}},
		"serial numbers in cells": {outlineList + num("1", "0", ""), `<w:tbl><w:tr><w:tc>` + numbered("1", "2", "") + `</w:tc><w:tc>` + para("甲") + `</w:tc></w:tr><w:tr><w:tc>` + numbered("1", "2", "") + `</w:tc><w:tc>` + para("乙") + `</w:tc></w:tr></w:tbl>`,
			[]string{"table 0", "  1.|甲", "  2.|乙"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{numbering: c.numbering, body: c.body}.expect(t, c.want...)
			if len(e.Warnings) > 0 {
				t.Errorf("warnings %v", e.Warnings)
			}
		})
	}
}

func TestNumberingByStyle(t *testing.T) {
	styles := `<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="b"><w:name w:val="附"/><w:basedOn w:val="1"/></w:style>` +
		`<w:style w:type="numbering" w:styleId="n"><w:name w:val="目"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`
	numbering := `<w:abstractNum w:abstractNumId="0">` + lvl("0", "1", "chineseCounting", "%1、", nothing+`<w:pStyle w:val="1"/>`) + lvl("1", "1", "decimal", "%2.", nothing+`<w:pStyle w:val="2"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="n"/>` + lvl("0", "1", "upperLetter", "%1.", nothing) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="n"/></w:abstractNum>` + num("1", "0", "") + num("2", "1", "") + num("3", "2", "")
	p := func(style, more, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr>` + runOf(text) + `</w:p>`
	}
	fixture{styles: styles, numbering: numbering, body: p("1", "", "甲") + p("2", "", "乙") + p("b", "", "丙") +
		p("1", `<w:numPr><w:numId w:val="0"/></w:numPr>`, "丁") + numbered("3", "0", "戊")}.expect(t,
		"h1 [一、]: 一、甲", "h2 [1.]: 1.乙", "h1 [二、]: 二、丙", "h1: 丁", "p [A.]: A.戊")
}

func TestUnknownNumberFormat(t *testing.T) {
	e := fixture{numbering: `<w:abstractNum w:abstractNumId="0">` + lvl("0", "1", "hebrew1", "%1.", "") + `</w:abstractNum>` + num("1", "0", ""),
		body: numbered("1", "0", "甲") + numbered("1", "0", "乙")}.expect(t, "p [1.]: 1.甲", "p [2.]: 2.乙")
	if codes(e) != "number_format_unknown" || !strings.Contains(e.Warnings[0].Message, "2 处") {
		t.Errorf("warnings %v", e.Warnings)
	}
}
