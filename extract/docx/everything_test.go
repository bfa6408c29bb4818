package docx

// everything is a document that uses each construct once: seed of the fuzz
// tests and subject of the benchmark's correctness check.
func everything() fixture {
	const wingdings = `<w:sym w:font="Wingdings" w:char="F0FC"/>`
	table := `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>` +
		`<w:tr>` + cellOf(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "甲") + cellOf("", "乙") + `</w:tr>` +
		`<w:tr>` + cellOf(`<w:gridSpan w:val="2"/><w:vMerge/>`, "") + cellOf("", "12") + `</w:tr>` +
		`<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>` + cellOf("", "丙") + `</w:tr>` +
		`<w:sdt><w:sdtContent><w:tr><w:tc>` + plainTable("500 500", "内|3") + para("丁") + `</w:tc></w:tr></w:sdtContent></w:sdt>` +
		`</w:tbl>`
	return fixture{
		body: `<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + runOf("总体情况") + `</w:p>` +
			`<w:p><w:r><w:t>文</w:t><w:tab/><w:br/>` + wingdings + `<w:footnoteReference w:id="2"/></w:r>` +
			`<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>` +
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
			runOf("7") + `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` +
			`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="127000" cy="254000"/><wp:docPr descr="图"/>` +
			`<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>` + para("框") + `</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>` +
			`<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>` + para("框") + `</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
			table + `<w:p/>` + plainTable("1000 2000", "条|1", "款|2") + `<w:p/>` + plainTable("1000 2000", "项|3") +
			`<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>`,
		styles: `<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>` +
			`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>`,
		numbering: `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
		footnotes: `<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">` + para("注") + `</w:footnote>`,
		headers:   []string{para("眉")},
		footers:   []string{para("脚")},
	}
}

func fuzzBodies() []string {
	return []string{
		"", "<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:r><w:t>x</w:t></w:r>",
		`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr></w:tc></w:tr></w:tbl>`,
		`<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc><w:tc/></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/><w:t>x</w:t></w:r></w:p>`,
		`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>`,
		`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>`,
	}
}
