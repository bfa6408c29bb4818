package docx

import (
	"strings"
	"testing"
)

// What programs other than Word write differently.
func TestPrograms(t *testing.T) {
	for name, c := range map[string]struct {
		f    fixture
		want []string
	}{
		"WPS, no grid, rows in controls": {fixture{body: `<w:tbl xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>` +
			rowOf(`<w:tc><w:tcPr><w:tcW w:w="6000" w:type="dxa"/><w:gridSpan w:val="2"/><wpsCustomData:diagonals><wpsCustomData:diagonal from="10000" to="30000"/></wpsCustomData:diagonals></w:tcPr>`+para("事项")+`</w:tc>`, width("2000", "数")) +
			`<w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr><w:sdtContent>` + rowOf(cellOf(restart, "甲"), cellOf("", "乙"), cellOf("", "1")) + rowOf(cellOf(goOn, ""), cellOf("", "丙"), cellOf("", "2")) + `</w:sdtContent></w:sdt></w:tbl>`},
			[]string{"table 0", "  事项|<|数", "  甲|乙|1", "  ^|丙|2"}},
		"Google Docs": {fixture{
			body: `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">甲</w:t></w:r></w:p>` +
				`<w:tbl><w:tblPr><w:tblStyle w:val="Table1"/></w:tblPr><w:tblGrid><w:gridCol w:w="4680"/><w:gridCol w:w="4680"/><w:tblGridChange w:id="0"><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid></w:tblGridChange></w:tblGrid>` +
				`<w:tr><w:trPr><w:cantSplit w:val="0"/><w:tblHeader w:val="0"/></w:trPr>` + cellOf(restart, "a") + cellOf("", "1") + `</w:tr><w:tr>` + cellOf(goOnLong, "") + cellOf("", "2") + `</w:tr></w:tbl>`,
			numbering: `<w:abstractNum w:abstractNumId="1">` + lvl("0", "1", "decimal", "%1.", `<w:rPr><w:u w:val="none"/></w:rPr>`) + `</w:abstractNum>` + num("1", "1", "")},
			[]string{"p [1.]: 1.甲", "table 0", "  a|1", "  ^|2"}},
		"LibreOffice, a frame of text": {fixture{body: `<w:p><w:pPr><w:framePr w:w="2000" w:hSpace="0" w:wrap="around"/></w:pPr>` + runOf("框") + `</w:p>` + tableOf("2000 1 2000", rowOf(cellOf(span2, "a"), cellOf("", "b")), rowOf(cellOf("", "c"), cellOf(span2, "d")))},
			[]string{"p: 框", "table 0", "  a|<|b", "  c|d|<"}},
		"python-docx, merges with gaps": {fixture{body: tableOf("1 1 1", rowOf(cellOf(span2+restart, "a"), cellOf("", "1")), rowOf(cellOf(span2+goOnLong, ""), cellOf("", "2")))},
			[]string{"table 0", "  a|1", "  ^|2"}},
		"Pages, no styles at all": {fixture{body: `<w:p><w:pPr><w:pStyle w:val="正文"/><w:bidi w:val="0"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="Arial Unicode MS"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr><w:t>文</w:t></w:r></w:p>`, without: []string{"word/styles.xml"}},
			[]string{"p: 文"}},
		"old Word, horizontal merges in a grid": {fixture{body: tableOf("1 1 1", rowOf(cellOf(`<w:hMerge w:val="restart"/>`, "题"), cellOf(`<w:hMerge w:val="continue"/>`, ""), cellOf(`<w:hMerge w:val="continue"/>`, "")), rowOf(cellOf("", "a"), cellOf("", "b"), cellOf("", "c")))},
			[]string{"table 0", "  题|<|<", "  a|b|c"}},
		"numbering style gone": {fixture{body: numbered("2", "0", "甲"), numbering: `<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="n"/>` + lvl("0", "1", "upperLetter", "%1.", nothing) + `</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="n"/></w:abstractNum>` + num("2", "1", "")},
			[]string{"p [A.]: A.甲"}},
		"tags in tags": {fixture{body: `<w:p><w:smartTag w:element="date"><w:smartTag w:element="year">` + runOf("2024") + `</w:smartTag>` + runOf("年") + `</w:smartTag><w:dir w:val="ltr">` + runOf("底") + `</w:dir><w:fldSimple w:instr="DATE"><w:hyperlink>` + runOf("止") + `</w:hyperlink></w:fldSimple></w:p>`},
			[]string{"p: 2024年底止"}},
		"VML group": {fixture{body: `<w:p><w:r><w:pict><v:group><v:shape type="#_x0000_t202"><v:textbox><w:txbxContent>` + para("左") + `</w:txbxContent></v:textbox></v:shape><v:group><v:rect><v:textbox><w:txbxContent>` + para("右") + `</w:txbxContent></v:textbox></v:rect></v:group></v:group></w:pict></w:r></w:p>`},
			[]string{"p textbox: 左", "p textbox: 右"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := c.f.read(t)
			if got, want := outline(e), strings.Join(c.want, "\n")+"\n"; got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			checkReading(t, e, nil)
			for _, b := range e.Document.Blocks {
				if b.Part == nil || !strings.Contains(*b.Part, "#") {
					t.Errorf("a block without a position: %+v", b)
				}
			}
			for _, table := range e.Document.Tables {
				for _, cell := range table.Cells {
					if cell.Part == nil || !strings.HasPrefix(*cell.Part, *table.Part+"/r") {
						t.Errorf("a cell without a position: %+v", cell)
					}
				}
			}
		})
	}
}
