package docx

import (
	"testing"

	"nianbao/extract"
)

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		inner, want string
	}{
		"runs split anywhere":     {runOf("政府") + runOf("信") + runOf("息公开"), "政府信息公开"},
		"tabs and breaks":         {`<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>`, "甲→乙⏎丙⏎丁"},
		"page break at the start": {`<w:r><w:br w:type="page"/><w:t>甲</w:t></w:r>`, "甲"},
		"hyphens":                 {`<w:r><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:t>0</w:t></w:r>`, "-20"},
		"space not preserved":     {`<w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space="preserve"> 乙</w:t></w:r>`, "甲 乙"},
		"line end in text":        {"<w:r><w:t>甲\n乙</w:t></w:r>", "甲 乙"},
		"CDATA and references":    {`<w:r><w:t><![CDATA[a<b]]>&amp;&#x4E00;&lt;</w:t></w:r>`, "a<b&一<"},
		"check mark":              {`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>`, "✔☑"},
		"symbol of a plain font":  {`<w:r><w:sym w:font="宋体" w:char="25CB"/></w:r>`, "○"},
		"text in a symbol font":   {`<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>R是</w:t></w:r>`, "☑是"},
		"ruby":                    {`<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhèng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>政</w:t></w:r></w:rubyBase></w:ruby></w:r>`, "政"},
		"wrappers": {`<w:hyperlink>` + runOf("链") + `</w:hyperlink><w:smartTag><w:smartTagPr/>` + runOf("标") + `</w:smartTag><w:customXml>` + runOf("自") +
			`</w:customXml><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + runOf("控") + `</w:sdtContent></w:sdt><w:bdo>` + runOf("向") + `</w:bdo>`, "链标自控向"},
		"text without a run": {`<w:t>甲</w:t><w:hyperlink><w:t>乙</w:t></w:hyperlink>`, "甲乙"},
		"simple field":       {`<w:fldSimple w:instr="PAGE">` + runOf("3") + `</w:fldSimple>`, "3"},
		"nested fields": {fld("begin") + instr(`IF `) + fld("begin") + instr("PAGE") + fld("separate") + runOf("隐") + fld("end") + instr(` = 1`) +
			fld("separate") + runOf("果") + fld("begin") + instr("DATE") + fld("separate") + runOf("日") + fld("end") + fld("end") + runOf("后"), "果日后"},
		"sequence and reference":         {fld("begin") + instr(` SEQ 表 \* ARABIC `) + fld("separate") + runOf("2") + fld("end") + runOf("见") + fld("begin") + instr(` REF _Ref1 \h `) + fld("separate") + runOf("表1") + fld("end"), "2见表1"},
		"form text":                      {`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/><w:textInput><w:default w:val="填"/></w:textInput></w:ffData></w:fldChar></w:r>` + instr("FORMTEXT") + fld("separate") + runOf("写") + fld("end"), "写"},
		"phonetic guide":                 {fld("begin") + instr(`EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(`) + instr("zhèng") + instr("),政)") + fld("end") + runOf("府"), "政府"},
		"instruction in pieces":          {fld("begin") + instr("PA") + instr("GE") + fld("separate") + runOf("1") + runOf("2") + fld("end"), "12"},
		"fitted and combined characters": {`<w:r><w:rPr><w:fitText w:val="960"/></w:rPr><w:t>县政府</w:t></w:r><w:r><w:rPr><w:eastAsianLayout w:combine="1"/></w:rPr><w:t>办公</w:t></w:r>`, "县政府办公"},
		"break kinds":                    {`<w:r><w:t>甲</w:t><w:br w:type="column"/><w:t>乙</w:t><w:lastRenderedPageBreak/><w:t>丙</w:t></w:r>`, "甲⏎乙丙"},
		"positional tab":                 {`<w:r><w:t>甲</w:t><w:ptab w:alignment="right"/><w:t>乙</w:t></w:r>`, "甲→乙"},
		"shown in print only":            {`<w:r><w:rPr><w:webHidden/></w:rPr><w:t>甲</w:t></w:r>`, "甲"},
		"ruby in pieces":                 {`<w:r><w:ruby><w:rt><w:r><w:t>a</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>信</w:t></w:r><w:r><w:t>息</w:t></w:r></w:rubyBase></w:ruby></w:r>` + runOf("公开"), "信息公开"},
		"circled by EQ":                  {fld("begin") + instr(`eq \o\ac(○,3)`) + fld("end"), "③"},
		"SYMBOL field":                   {fld("begin") + instr(`SYMBOL 252 \f "Wingdings" \s 12`) + fld("end"), "✔"},
		"form check box, empty result":   {`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>` + instr(" FORMCHECKBOX ") + fld("separate") + fld("end") + runOf("是"), "☐是"},
		"form check box":                 {`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>` + fld("end") + runOf("是"), "☑是"},
		"form list":                      {`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>` + fld("end"), "乙"},
		"choice once":                    {`<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>`, "新"},
		"unknown choice":                 {`<w:r xmlns:q="urn:q"><mc:AlternateContent><mc:Choice Requires="q"><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>`, "旧"},
		"fraction":                       {`<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`, "(a+b)/2"},
		"scripts and roots":              {`<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>10</m:t></m:r></m:sup></m:sSup><m:rad><m:e><m:r><m:t>y</m:t></m:r></m:e></m:rad><m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e><m:r><m:t>z</m:t></m:r></m:e></m:d></m:oMath>`, "x^(10)√(y)[z)"},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{body: "<w:p>" + c.inner + "</w:p>"}.read(t)
			if got, want := outline(e), "p: "+c.want+"\n"; got != want && got != "p ["+c.want+"]: "+c.want+"\n" {
				t.Errorf("got %q, want %q", got, want)
			}
			if len(e.Warnings) > 0 {
				t.Errorf("warnings: %v", e.Warnings)
			}
		})
	}
}

func fld(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }

func instr(code string) string { return `<w:r><w:instrText>` + code + `</w:instrText></w:r>` }

func TestLosses(t *testing.T) {
	for name, c := range map[string]struct {
		body, want, codes string
	}{
		"hidden text":        {"<w:p>" + runOf("见") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>面</w:t></w:r></w:p>`, "p: 见面\n", "hidden_text"},
		"unknown symbol":     {`<w:p><w:r><w:sym w:font="Webdings" w:char="F0F7"/></w:r></w:p>`, "p: \uFFFD\n", "symbol_unmapped"},
		"private characters": {"<w:p>" + runOf("某\uE123\uF8FF，。") + "</w:p>", "p: 某\uE123\uF8FF，。\n", "private_characters"},
		"unclosed field":     {"<w:p>" + runOf("前") + fld("begin") + instr("PAGE") + runOf("吞") + "</w:p>" + para("后"), "p: 前\np: 后\n", "field_unclosed"},
		"embedded object": {`<w:p><w:r><w:object><v:shape style="width:10pt;height:1in"><v:imagedata o:title="表"/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>`,
			"image: 表\n", "embedded_object"},
		"embedded file":     {`<w:altChunk r:id="x"/>` + para("后"), "p: 后\n", "part_skipped"},
		"invalid reference": {para("a&nbsp;b"), "p: a&nbsp;b\n", "text_damaged"},
		"no branch":         {`<w:p><w:r xmlns:q="urn:q"><mc:AlternateContent><mc:Choice Requires="q"/></mc:AlternateContent><w:t>文</w:t></w:r></w:p>`, "p: 文\n", "alternative_skipped"},
		"text below a merge": {`<w:tbl><w:tr>` + cellOf(`<w:vMerge w:val="restart"/>`, "上") + cellOf("", "1") + `</w:tr><w:tr>` + cellOf(`<w:vMerge/>`, "下") + cellOf("", "2") + `</w:tr></w:tbl>`,
			"table 0\n  上|1\n  ^|2\n", "merged_text"},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{body: c.body}.read(t)
			if got := outline(e); got != c.want || codes(e) != c.codes {
				t.Errorf("got %q with %q, want %q with %q", got, codes(e), c.want, c.codes)
			}
		})
	}
}

func TestParagraphs(t *testing.T) {
	const styles = `<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定"/><w:basedOn w:val="1"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="甲"/><w:basedOn w:val="pool"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="pool"><w:name w:val="乙"/><w:basedOn w:val="loop"/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/><w:basedOn w:val="1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="hide"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="hidden2"><w:name w:val="隐二"/><w:basedOn w:val="hide"/></w:style>` +
		`<w:style w:type="character" w:styleId="linked"><w:name w:val="标题 1 字符"/><w:basedOn w:val="strong"/><w:link w:val="1"/></w:style>` +
		`<w:style w:type="character" w:styleId="secret"><w:name w:val="密"/><w:rPr><w:vanish/></w:rPr></w:style>` +
		`<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>`
	styled := func(props, inner string) string { return "<w:p><w:pPr>" + props + "</w:pPr>" + inner + "</w:p>" }
	for name, c := range map[string]struct {
		body string
		want extract.Block
	}{
		"default style":                      {para("文"), extract.Block{Type: extract.Paragraph, Align: "justify", Size: 10.5}},
		"heading style":                      {styled(`<w:pStyle w:val="1"/>`, runOf("文")), extract.Block{Type: extract.Heading, Level: 1, Align: "justify", Size: 16, Bold: true}},
		"heading by name":                    {styled(`<w:pStyle w:val="2"/>`, runOf("文")), extract.Block{Type: extract.Heading, Level: 2, Align: "justify", Size: 16, Bold: true}},
		"inherited outline":                  {styled(`<w:pStyle w:val="x"/>`, runOf("文")), extract.Block{Type: extract.Heading, Level: 1, Align: "center", Size: 16, Bold: true}},
		"body text level":                    {styled(`<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>`, runOf("文")), extract.Block{Type: extract.Paragraph, Align: "justify", Size: 16, Bold: true}},
		"direct outline":                     {styled(`<w:outlineLvl w:val="2"/><w:jc w:val="end"/>`, runOf("文")), extract.Block{Type: extract.Heading, Level: 3, Align: "right", Size: 10.5}},
		"contents style":                     {styled(`<w:pStyle w:val="toc1"/>`, runOf("文")), extract.Block{Type: extract.Paragraph, Align: "justify", Size: 16, Bold: true}},
		"styles based in a ring":             {styled(`<w:pStyle w:val="loop"/>`, runOf("文")), extract.Block{Type: extract.Paragraph, Align: "right", Size: 10.5}},
		"unknown style":                      {styled(`<w:pStyle w:val="?"/>`, runOf("文")), extract.Block{Type: extract.Paragraph, Align: "justify", Size: 10.5}},
		"most of the text":                   {"<w:p>" + runOf("文") + `<w:r><w:rPr><w:b/><w:sz w:val="36"/></w:rPr><w:t>文文</w:t></w:r></w:p>`, extract.Block{Type: extract.Paragraph, Align: "justify", Size: 18, Bold: true}},
		"toggles cancel":                     {styled(`<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>`, `<w:r><w:rPr><w:rStyle w:val="strong"/></w:rPr><w:t>文</w:t></w:r>`), extract.Block{Type: extract.Paragraph, Align: "justify", Size: 16}},
		"former properties":                  {styled(`<w:jc w:val="left"/><w:pPrChange><w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="1"/></w:pPr></w:pPrChange>`, runOf("文")), extract.Block{Type: extract.Paragraph, Align: "left", Size: 10.5}},
		"hidden by inheritance, shown again": {styled(`<w:pStyle w:val="hidden2"/>`, runOf("隐")+`<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>文</w:t></w:r>`), extract.Block{Type: extract.Paragraph, Align: "left", Size: 10.5}},
		"hidden by character style":          {"<w:p>" + runOf("文") + `<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>隐</w:t></w:r></w:p>`, extract.Block{Type: extract.Paragraph, Align: "justify", Size: 10.5}},
		"hidden twice cancels":               {styled(`<w:pStyle w:val="hide"/>`, `<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>文</w:t></w:r>`), extract.Block{Type: extract.Paragraph, Align: "left", Size: 10.5}},
		"linked style":                       {"<w:p>" + `<w:r><w:rPr><w:rStyle w:val="linked"/></w:rPr><w:t>文</w:t></w:r></w:p>`, extract.Block{Type: extract.Paragraph, Align: "justify", Size: 10.5, Bold: true}},
		"a run in a paragraph style":         {"<w:p>" + `<w:r><w:rPr><w:rStyle w:val="hide"/></w:rPr><w:t>文</w:t></w:r></w:p>`, extract.Block{Type: extract.Paragraph, Align: "justify", Size: 10.5}},
		"shown in a hidden style":            {styled(`<w:pStyle w:val="hide"/>`, `<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t>文</w:t></w:r>`), extract.Block{Type: extract.Paragraph, Align: "left", Size: 10.5}},
	} {
		t.Run(name, func(t *testing.T) {
			e := fixture{body: c.body, styles: styles}.read(t)
			if len(e.Document.Blocks) != 1 {
				t.Fatalf("blocks: %v", outline(e))
			}
			got := e.Document.Blocks[0]
			if *got.Part != "word/document.xml#p0" {
				t.Errorf("part %s", *got.Part)
			}
			got.Part, got.Text = nil, ""
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestDeletedMark(t *testing.T) {
	gone := `<w:pPr><w:jc w:val="center"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`
	e := fixture{body: "<w:p>" + gone + runOf("甲") + "</w:p><w:p>" + gone + runOf("乙") + "</w:p>" + para("丙") +
		"<w:p>" + gone + "<w:del><w:r><w:delText>全删</w:delText></w:r></w:del></w:p>" + para("丁") +
		"<w:p>" + gone + runOf("戊") + "</w:p>" + plainTable("100 100", "1|2")}.expect(t,
		"p: 甲乙丙", "p: 丁", "p: 戊", "table 0", "  1|2")
	if got := *e.Document.Blocks[1].Part; got != "word/document.xml#p4" {
		t.Errorf("part %s of a paragraph after a deleted one", got)
	}
	if e.Document.Blocks[0].Align != "left" {
		t.Errorf("the joined paragraph has the alignment %s of a deleted mark", e.Document.Blocks[0].Align)
	}
}

func TestContents(t *testing.T) {
	styles := everything().styles
	heading := func(inner string) string { return `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>` + inner + `</w:p>` }
	fixture{styles: styles, body: heading(fld("begin")+instr(` TOC \o "1-3" `)+fld("separate")+runOf("一、总体情况……1")) +
		heading(runOf("二、主动公开")+fld("begin")+instr("PAGEREF x")+fld("separate")+runOf("2")+fld("end")+fld("end")) +
		`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + heading(runOf("目录")) + `</w:sdtContent></w:sdt>` +
		heading(runOf("一、总体情况"))}.expect(t,
		"p [一、]: 一、总体情况……1", "p [二、]: 二、主动公开2", "p: 目录", "h1 [一、]: 一、总体情况")
}

func TestGraphics(t *testing.T) {
	picture := `<w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><wp:docPr id="1" name="图 1" descr="公章"/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr descr="x"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>`
	box := func(inner string) string {
		return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr descr="框"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>` + inner +
			`</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + inner +
			`</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
	}
	e := fixture{body: "<w:p><w:r>" + picture + "</w:r></w:p>" +
		"<w:p>" + box(para("题")+"<w:p><w:r>"+picture+"</w:r></w:p>") + runOf("正文") + box(para("注")+plainTable("10 10", "a|b")) + "</w:p>" +
		`<w:p><w:r><w:pict><v:shape style="width:2in;height:36pt" alt="旧图"><v:imagedata r:id="r2"/></v:shape></w:pict></w:r></w:p>` +
		`<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + para("旧框") + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>` +
		`<w:p><w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r>` + picture + `</w:r>` + box(para("格内")) + runOf("5") + `</w:p></w:tc></w:tr></w:tbl>` +
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr>` + picture + `</w:r></w:p>`}.expect(t,
		"image: 公章", "p textbox: 题", "image textbox: 公章", "p: 正文", "p textbox: 注", "table 0 textbox", "  a|b",
		"image: 旧图", "p textbox: 旧框", "p textbox: 艺术字", "table 1", "  5", "image: 公章", "p textbox: 格内")
	first, old := e.Document.Blocks[0], e.Document.Blocks[6]
	if first.Width != 100 || first.Height != 50 || old.Width != 144 || old.Height != 36 {
		t.Errorf("extents %g × %g, %g × %g", first.Width, first.Height, old.Width, old.Height)
	}
}

func TestNotesAndMargins(t *testing.T) {
	note := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	fixture{
		body:      "<w:p>" + runOf("甲") + note("footnote", "3") + runOf("12") + note("endnote", "1") + note("footnote", "2") + "</w:p>" + para("乙"),
		footnotes: `<w:footnote w:id="-1" w:type="separator">` + para("线") + `</w:footnote><w:footnote w:id="2">` + para("脚二") + `</w:footnote><w:footnote w:id="3">` + para("脚三") + `</w:footnote><w:footnote w:id="4">` + para("无人引用") + `</w:footnote>`,
		endnotes:  `<w:endnote w:id="1">` + para("尾一") + `</w:endnote>`,
		headers:   []string{para("眉一") + plainTable("10 10", "a|b"), para("眉二")},
		footers:   []string{para("脚")},
	}.expect(t, "p: 甲12", "p footnote: 脚三", "p footnote: 尾一", "p footnote: 脚二", "p: 乙",
		"p header: 眉一", "table 0 header", "  a|b", "p header: 眉二", "p footer: 脚")
}
