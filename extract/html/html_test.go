package html

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"nianbao/extract"
)

func TestEncodings(t *testing.T) {
	const text = "某某局2023年报告"
	in := func(e encoding.Encoding, page string) string {
		t.Helper()
		b, err := e.NewEncoder().String(page)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) encoding.Encoding {
		return unicode.UTF16(order, mark)
	}
	want := "paragraph " + text + "\n"
	for name, s := range map[string]sample{
		"UTF-8":             {page: `<meta charset=utf-8><p>` + text, want: want},
		"UTF-8 mark":        {page: "\ufeff<p>" + text, want: want},
		"UTF-8 alone":       {page: "<p>" + text, want: want},
		"UTF-16LE":          {page: in(utf16(unicode.LittleEndian, unicode.UseBOM), "<p>"+text), want: want},
		"UTF-16BE":          {page: in(utf16(unicode.BigEndian, unicode.UseBOM), "<p>"+text), want: want},
		"UTF-16LE, no mark": {page: in(utf16(unicode.LittleEndian, unicode.IgnoreBOM), "<p>"+text), want: want},
		"UTF-16 claimed":    {page: `<meta charset="utf-16"><p>` + text, want: want},
		"gb2312": {
			page: in(simplifiedchinese.GB18030, `<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>镕`+text), want: "paragraph 镕" + text + "\n",
		},
		"GB 18030":      {page: in(simplifiedchinese.GB18030, `<meta charset='gb18030'><p>𠀀`), want: "paragraph 𠀀\n"},
		"Big5":          {page: in(traditionalchinese.Big5, `<meta charset=big5><p>報告`), want: "paragraph 報告\n"},
		"XHTML":         {page: in(simplifiedchinese.GBK, `<?xml version="1.0" encoding="GBK"?><html><p>`+text), want: want},
		"GBK alone":     {page: in(simplifiedchinese.GBK, "<p>"+text), want: want, warnings: "encoding_guessed"},
		"GBK as UTF-8":  {page: in(simplifiedchinese.GBK, "<meta charset=utf-8><p>"+text), want: want, warnings: "encoding_guessed"},
		"UTF-8 as GBK":  {page: "<meta charset=gbk><p>" + text, want: want, warnings: "encoding_guessed"},
		"damaged UTF-8": {page: "\ufeff<p>a\xffb", want: "paragraph a\ufffdb\n", warnings: "text_damaged"},
	} {
		s.check(t, name)
	}
}

func TestText(t *testing.T) {
	for name, s := range map[string]sample{
		"blocks":               {page: "<div>a<p>b</p>c</div>d", want: "paragraph a\nparagraph b\nparagraph c\nparagraph d\n"},
		"white space":          {page: "<p>  a \n b\t<b> c</b> d  </p>", want: "paragraph a b c d\n"},
		"lines of Chinese":     {page: "<p>政府\n  信息\r\n公开 a\n开</p>", want: "paragraph 政府信息公开 a 开\n"},
		"lines of Word":        {page: "<meta name=Generator content='Microsoft Word 15'><p>政府\n信息</p></html>", want: "paragraph 政府 信息\n"},
		"no-break space":       {page: "<p>a&nbsp;&nbsp;b</p>", want: "paragraph a\u00a0\u00a0b\n"},
		"break":                {page: "<p>a<br>b<br/></p>", want: "paragraph a⏎b\n"},
		"breaks as paragraphs": {page: "<p>a<br><br>b<br>\u3000\u3000c<br>&nbsp;&nbsp;&nbsp;&nbsp;d</p>", want: "paragraph a\nparagraph b\nparagraph c\nparagraph d\n"},
		"preformatted":         {page: "<pre>a  b\n\n c</pre>", want: "paragraph a  b\nparagraph c\n"},
		"headings":             {page: "<h1>a</h1><h3><p>b</p></h3>", want: "heading1 a\nheading3 b\n"},
		"scripts":              {page: "<title>x</title><style>p{}</style><script>x</script><noscript>x</noscript><template>x</template><!-- x -->a", want: "paragraph a\n"},
		"forms": {
			page: "<p><input value=a><input type=checkbox checked><input type=hidden value=x><select><option>x<option selected>b</select><button>x</button>",
			want: "paragraph a☑b\n",
		},
		"hidden":         {page: "<p>a<span style='display:none'>x</span><i hidden>x</i></p><p style='visibility:hidden'>x</p>", want: "paragraph a\n", warnings: "hidden_text"},
		"hidden, empty":  {page: "<p>a<span style='display:none'> </span></p>", want: "paragraph a\n"},
		"hidden by rule": {page: "<style>/* .a{} */ @media print{p{display:none}} .h, #i{display:none !important} div .a{display:none}</style><p class='a h'>x<p id=i>x<p class=a>b", want: "paragraph b\n", warnings: "hidden_text"},
		"ruby":           {page: "<p><ruby>汉<rp>(</rp><rt>han</rt></ruby>", want: "paragraph 汉\n"},
		"deleted":        {page: "<p>a<del>x</del><ins>b</ins>", want: "paragraph ab\n", warnings: "tracked_changes tracked_changes"},
		"frame":          {page: "<p>a</p><iframe src='http://example.com/'>x</iframe>", want: "paragraph a\n", warnings: "part_skipped"},
		"object":         {page: "<object data='x'><p>a</p></object><video>x</video>", want: "paragraph a\nimage \n", warnings: "embedded_object"},
		"pictures":       {page: "<p>a<img src='http://example.com/x' alt=' b '></p><img width=1 height=1><svg><title>c</title><text>d</text></svg>", want: "paragraph a\nimage b\nimage c\n"},
		"private":        {page: "<p>\ue523", want: "paragraph \ue523\n", warnings: "private_characters"},
		"control marks":  {page: "<p>a\x04\x01b\u0085", want: "paragraph ab\n"},
		"quote":          {page: "<q>a</q>", want: "paragraph “a”\n"},
		"lists": {
			page: "<ol start=3><li>a<ul><li>b</ul><li value=7>c</ol><ol type=a><li>d</ol><ol style='list-style-type:cjk-ideographic'><li>e<li><p>f</ol><ul style='list-style:none'><li>g</ul>",
			want: "paragraph [3.] 3. a\nparagraph • b\nparagraph [7.] 7. c\nparagraph [a.] a. d\nparagraph [一、] 一、e\nparagraph [二、] 二、f\nparagraph g\n",
		},
		"reversed list": {page: "<ol reversed><li>甲<li>乙</ol>", want: "paragraph [2.] 2.甲\nparagraph [1.] 1.乙\n"},
		"lost items":    {page: "<li>a", want: "paragraph a\n"},
	} {
		s.check(t, name)
	}
}

func TestStyles(t *testing.T) {
	e, err := readBytes([]byte(`<style>p.t{text-align:center;font-size:22pt;font-weight:bold} p{font-size:16px}</style>`+
		`<p class=t>a</p><p align=right>b</p><center>c<font size=5>ddd</font></center><p style="font-size:150%;text-align:justify">e`), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	want := []extract.Block{
		{Type: extract.Paragraph, Text: "a", Align: "center", Size: 22, Bold: true},
		{Type: extract.Paragraph, Text: "b", Align: "right", Size: 12},
		{Type: extract.Paragraph, Text: "cddd", Align: "center", Size: 18},
		{Type: extract.Paragraph, Text: "e", Align: "justify", Size: 18},
	}
	if len(e.Document.Blocks) != len(want) {
		t.Fatalf("%d blocks, want %d", len(e.Document.Blocks), len(want))
	}
	for i, b := range e.Document.Blocks {
		if b.Part == nil || *b.Part != "html#p"+string(rune('0'+i)) {
			t.Errorf("block %d: part %v", i, b.Part)
		}
		b.Part = nil
		if b != want[i] {
			t.Errorf("block %d: %+v, want %+v", i, b, want[i])
		}
	}
}

// What Word writes for itself and for others.
func TestWord(t *testing.T) {
	const ignored = `<![if !supportLists]><span style='mso-list:Ignore'>%s<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>`
	number := func(s, family string) string {
		return `<span style='font-family:` + family + `'>` + ignored[:len("<![if !supportLists]><span style='mso-list:Ignore'>")] + s + ignored[len("<![if !supportLists]><span style='mso-list:Ignore'>%s"):] + `</span>`
	}
	for name, s := range map[string]sample{
		"number":      {page: "<p style='mso-list:l0 level1 lfo1'>" + number("一、", "宋体") + "总体情况", want: "paragraph [一、] 一、总体情况\n"},
		"bullet":      {page: "<p>" + number("l", "Wingdings") + "甲", want: "paragraph ● 甲\n"},
		"outline":     {page: "<style>p.MsoTitle{mso-outline-level:2}</style><p class=MsoTitle>a<h1 style='mso-outline-level:body-text'>b", want: "heading2 a\nparagraph b\n"},
		"tabs":        {page: "<p>a<span style='mso-tab-count:2'>     </span>b", want: "paragraph a\t\tb\n"},
		"hidden":      {page: "<p>a<span style='mso-hide:all'>x</span>", want: "paragraph a\n", warnings: "hidden_text"},
		"conditional": {page: "<!--[if gte mso 9]><xml>x</xml><![endif]--><p>a<!--[if supportFields]>x<![endif]-->b<![if !supportEmptyParas]>&nbsp;<![endif]>", want: "paragraph ab\n"},
		"not a page":  {page: "<meta name=Generator content='Microsoft Word 15'><p>a", want: "paragraph a\n", warnings: "structure_damaged"},
		"notes":       {page: "<p>a<a href='#f'><span style='mso-special-character:footnote'>[1]</span></a></p><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote'><p><span style='mso-special-character:footnote'>[1]</span>b</div></div>c", want: "paragraph a\nparagraph c\nparagraph (footnote) b\n"},
		"margins":     {page: "<div style='mso-element:footer'><p>b</div><div style='mso-element:header'><p>a</div>c", want: "paragraph c\nparagraph (header) a\nparagraph (footer) b\n"},
		"comments":    {page: "<p>a<span style='mso-special-character:comment'>x</span><div style='mso-element:comment-list'><div style='mso-element:comment'>x</div></div>", want: "paragraph a\n", warnings: "comments_skipped"},
		"LibreOffice": {
			page: "<meta name=generator content='LibreOffice 7'><div title=header><p>h</div><p>a<a class=sdfootnoteanc><sup>1</sup></a></p><div id=sdfootnote1><p><a class=sdfootnotesym>1</a>n</div><div title=footer><p>f</div></html>",
			want: "paragraph a\nparagraph (footnote) n\nparagraph (header) h\nparagraph (footer) f\n",
		},
		"text box":      {page: "<p>a</p><span style='mso-ignore:vglayout'><table><tr><td><p>b</td></tr></table></span>", want: "paragraph a\nparagraph (textbox) b\n"},
		"skipped cells": {page: "<table><tr><td>a<td>b<td>c<tr><td style='mso-cell-special:placeholder' colspan=2>&nbsp;<td>d</table>", want: "table 2×3\n 0,0+1×1 a\n 0,1+1×1 b\n 0,2+1×1 c\n 1,2+1×1 d\n"},
	} {
		s.check(t, name)
	}
}

func TestTables(t *testing.T) {
	for name, s := range map[string]sample{
		"spans": {
			page: "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
			want: "table 2×3\n 0,0+2×1 a\n 0,1+1×2 b\n 1,1+1×1 c\n 1,2+1×1 d\n",
		},
		"span to the end": {
			page: "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
			want: "table 3×2\n 0,0+3×1 a\n 0,1+1×1 b\n 1,1+1×1 c\n 2,1+1×1 d\n",
		},
		"span beyond the group": {
			page: "<table><thead><tr><td rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d</table>",
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×1 c\n 1,1+1×1 d\n",
		},
		"span beyond the columns": {
			page: "<table><tr><td colspan=99>a<tr><td>b<td>c</table>",
			want: "table 2×2\n 0,0+1×2 a\n 1,0+1×1 b\n 1,1+1×1 c\n",
		},
		"overlap": {
			page: "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=3>d</table>", warnings: "table_overlap",
			want: "table 2×3\n 0,0+1×1 a\n 0,1+2×1 b\n 0,2+1×1 c\n 1,0+1×1 d\n",
		},
		"too few cells": {
			page: "<table><tr><td>a<td>b<td>c<tr><td>d</table>",
			want: "table 2×3\n 0,0+1×1 a\n 0,1+1×1 b\n 0,2+1×1 c\n 1,0+1×1 d\n",
		},
		"gap before a hanging cell": {
			page: "<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>",
			want: "table 2×3\n 0,0+1×1 a\n 0,1+1×1 b\n 0,2+2×1 c\n 1,0+1×1 d\n 1,1+1×1 \n",
		},
		"foot and caption": {
			page: "<table><tfoot><tr><td>c</tfoot><caption>a</caption><tbody><tr><td>b</table>",
			want: "paragraph a\ntable 2×1\n 0,0+1×1 b\n 1,0+1×1 c\n",
		},
		"hidden row and cell": {
			page: "<table><tr style='display:none'><td>x<td>x<tr><td>a<td style='display:none'>x<td>b</table>", warnings: "hidden_text",
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\n",
		},
		"paragraphs in cells": {
			page: "<table><tr><td><p>a</p><p>b</p><td>c<br>d<img alt=e></table>f",
			want: "table 1×2\n 0,0+1×1 a⏎b\n 0,1+1×1 c⏎d\nimage e\nparagraph f\n",
		},
		"nested": {
			page: "<table><tr><td>x<table><tr><td>a<td>b<tr><td>c<td>d</table><td>y</table>",
			want: "table 1×2\n 0,0+1×1 x\n 0,1+1×1 y\ntable 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×1 c\n 1,1+1×1 d\n",
		},
		"layout": {
			page: "<table><tr><td>menu<td><h1>t</h1><table><tr><td>a<td>b<tr><td>c<td>" + strings.Repeat("d", 200) + "</table></table>", warnings: "layout_table",
			want: "paragraph menu\nheading1 t\ntable 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×1 c\n 1,1+1×1 " + strings.Repeat("d", 200) + "\n",
		},
		"layout as such": {page: "<table role=presentation><tr><td>a<td>b</table>", want: "paragraph a\nparagraph b\n", warnings: "layout_table"},
		"split by accident": {
			page: "<table><col width=10><col width=20><tr><td>a<td>1</table><p></p><table><col width=10><col width=20><tr><td>b<td>2</table>",
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 1\n 1,0+1×1 b\n 1,1+1×1 2\n",
		},
		"empty": {page: "<table></table><table><tr></tr></table>a", want: "paragraph a\n"},
	} {
		s.check(t, name)
	}
}

func TestChanges(t *testing.T) {
	const page = "<p>a<ins>b</ins><del>c</del><ins></ins></p><div style='mso-element:comment-list'><div style='mso-element:comment'><p>g</div></div><p>d"
	for changes, want := range map[extract.Changes]string{
		extract.AcceptChanges: "paragraph ab\nparagraph d\n",
		extract.RejectChanges: "paragraph ac\nparagraph d\n",
		extract.AllChanges:    "paragraph a{+b+}[-c-]\nparagraph d\nparagraph (comment) g\n",
	} {
		e, err := ReadWith(strings.NewReader(page), int64(len(page)), extract.Options{Limits: extract.DefaultLimits(), Changes: changes})
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(e.Document); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", changes, got, want)
		}
	}
}

// Rows of thead are counted as headers.
func TestHeaderRows(t *testing.T) {
	const page = "<table><thead><tr><th>a<tbody><tr><td>b</table>"
	e, err := readBytes([]byte(page), extract.DefaultLimits())
	if err != nil || e.Document.Tables[0].HeaderRows != 1 {
		t.Errorf("%v, %+v", err, e)
	}
}
