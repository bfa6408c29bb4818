package docx

import (
	"strings"
	"testing"

	"nianbao/extract"
)

const (
	chartSpace   = `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`
	diagramSpace = `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`
)

// drawing is an inline drawing with alternative text around graphic data.
func drawing(alt, data string) string {
	return `<w:r><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><wp:docPr id="1" name="x" descr="` + alt + `"/><a:graphic><a:graphicData>` + data + `</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}

func chartMark(id string) string {
	return `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="` + id + `"/>`
}

// related is a fixture whose main part names another part by the id "g".
func related(body, target, content string) fixture {
	return fixture{body: body, extra: map[string]string{
		"word/_rels/document.xml.rels": packageRels + `<Relationship Id="g" Type="` + officeRels + `chart" Target="` + target + `"/></Relationships>`,
		"word/" + target:               content,
	}}
}

func cache(kind string, values ...string) string {
	var b strings.Builder
	for i, v := range values {
		b.WriteString(`<c:pt idx="` + string(rune('0'+i)) + `"><c:v>` + v + `</c:v></c:pt>`)
	}
	return `<c:` + kind + `Ref><c:f>Sheet1!$A$1</c:f><c:` + kind + `Cache><c:ptCount val="9"/>` + b.String() + `</c:` + kind + `Cache></c:` + kind + `Ref>`
}

func rich(text string) string {
	return `<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr><a:r><a:rPr/><a:t>` + text + `</a:t></a:r></a:p></c:rich></c:tx></c:title>`
}

// The text of a chart stands at its anchor and is told as such.
func TestChart(t *testing.T) {
	content := chartSpace + `<c:chart>` + rich("申请数量") + `<c:plotArea><c:barChart>` +
		`<c:ser><c:idx val="0"/><c:tx>` + cache("str", "新收") + `</c:tx><c:cat>` + cache("str", "2023年", "2024年") + `</c:cat><c:val>` + cache("num", "5", "8") + `</c:val></c:ser>` +
		`<c:ser><c:cat>` + cache("num", "2023") + `</c:cat><c:val>` + cache("num", "1", "2") + `</c:val></c:ser></c:barChart>` +
		`<c:catAx>` + rich("年度") + `</c:catAx></c:plotArea></c:chart></c:chartSpace>`
	f := related("<w:p>"+runOf("见图")+drawing("柱形图", chartMark("g"))+"</w:p>"+para("后"), "charts/chart1.xml", content)
	e := f.expect(t, "p: 见图", "image: 柱形图", "p chart: 申请数量⏎新收：2023年 5；2024年 8⏎2023 1；2⏎年度", "p: 后")
	if len(e.Warnings) > 0 || *e.Document.Blocks[2].Part != "word/document.xml#p0" {
		t.Errorf("warnings %v, part %s", e.Warnings, *e.Document.Blocks[2].Part)
	}
	cell := related(tableOf("1", `<w:tr><w:tc><w:p>`+runOf("格")+drawing("图", chartMark("g"))+`</w:p></w:tc></w:tr>`), "charts/chart1.xml", content)
	e = cell.read(t)
	if got := outline(e); !strings.HasPrefix(got, "table 0\n  格\nimage: 图\np chart: ") {
		t.Errorf("in a cell: %s", got)
	}
}

// Values stand as they are shown.
func TestChartValues(t *testing.T) {
	values := `<c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode><c:pt idx="0"><c:v>0.29</c:v></c:pt></c:numCache></c:numRef>`
	series := func(inner string) string { return `<c:ser><c:val>` + inner + `</c:val></c:ser>` }
	content := chartSpace + series(values) + series(cache("num", "4.4000000000000004", "1E3", "文", "123456789012345678", "NaN")) + `</c:chartSpace>`
	related("<w:p>"+drawing("", chartMark("g"))+"</w:p>", "c.xml", content).expect(t, "image: ", "p chart: 29%⏎4.4；1E3；文；123456789012345678；NaN")
}

func TestChartLosses(t *testing.T) {
	body := "<w:p>" + drawing("图", chartMark("g")) + "</w:p>"
	for name, c := range map[string]struct{ body, content, codes string }{
		"cut":       {body, chartSpace, "part_damaged graphic_skipped"},
		"empty":     {body, chartSpace + `</c:chartSpace>`, "graphic_skipped"},
		"missing":   {"<w:p>" + drawing("图", chartMark("?")) + "</w:p>", "<x/>", "graphic_skipped"},
		"far index": {body, chartSpace + `<c:ser><c:val><c:pt idx="999999999"><c:v>1</c:v></c:pt></c:val></c:ser></c:chartSpace>`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := related(c.body, "charts/chart1.xml", c.content).read(t)
			if got := codes(e); got != c.codes || e.Document.Blocks[0].Type != extract.Image {
				t.Errorf("warnings %q, want %q: %s", got, c.codes, outline(e))
			}
		})
	}
}

// The shapes of a diagram come in their order, each below the one it belongs to.
func TestDiagram(t *testing.T) {
	pt := func(id, kind, text string) string {
		return `<dgm:pt modelId="` + id + `" type="` + kind + `"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p><a:r><a:rPr/><a:t>` + text + `</a:t></a:r></a:p></dgm:t></dgm:pt>`
	}
	cxn := func(kind, from, to, order string) string {
		return `<dgm:cxn modelId="c` + from + to + `" type="` + kind + `" srcId="` + from + `" destId="` + to + `" srcOrd="` + order + `"/>`
	}
	content := diagramSpace + `<dgm:ptLst>` + pt("0", "doc", "") + pt("2", "node", "审核") + pt("1", "node", "受理") + pt("3", "node", "登记") + pt("9", "pres", "画") + pt("5", "parTrans", "线") + pt("4", "node", "环") +
		`</dgm:ptLst><dgm:cxnLst>` + cxn("parOf", "0", "2", "1") + cxn("parOf", "0", "1", "0") + cxn("parOf", "1", "3", "0") + cxn("presOf", "1", "9", "0") + cxn("parOf", "4", "4", "0") + `</dgm:cxnLst></dgm:dataModel>`
	mark := `<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="g" r:lo="x"/>`
	related("<w:p>"+drawing("流程", mark)+"</w:p>", "diagrams/data1.xml", content).expect(t,
		"image: 流程", "p diagram: 受理⏎　登记⏎审核⏎环")
}

// An object is shown as a picture even where it has none.
func TestObjects(t *testing.T) {
	ole := `<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="x"/>`
	e := fixture{body: "<w:p><w:r><w:object>" + ole + "</w:object></w:r></w:p>" +
		`<w:p><w:r><w:object><v:shape style="width:200pt;height:90pt" alt="收支表"><v:imagedata r:id="y"/></v:shape>` + ole + `</w:object></w:r></w:p>`}.expect(t, "image: ", "image: 收支表")
	if codes(e) != "embedded_object" || !strings.Contains(e.Warnings[0].Message, "Excel.Sheet.12") || e.Document.Blocks[1].Width != 200 {
		t.Errorf("warnings %v, block %+v", e.Warnings, e.Document.Blocks[1])
	}
}

// FuzzDrawn reads any part as chart and as diagram.
func FuzzDrawn(f *testing.F) {
	f.Add(chartSpace + `<c:chart>` + rich("题") + `<c:plotArea><c:ser><c:tx>` + cache("str", "a") + `</c:tx><c:val>` + cache("num", "1") + `</c:val></c:ser></c:plotArea></c:chart></c:chartSpace>`)
	f.Add(diagramSpace + `<dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>x</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="1" destId="1"/></dgm:cxnLst></dgm:dataModel>`)
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 20
	f.Fuzz(func(t *testing.T, part string) {
		for _, mark := range []string{chartMark("g"), `<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="g"/>`} {
			e, err := readBytes(related("<w:p>"+drawing("", mark)+"</w:p>", "x.xml", part).file(t), lim)
			checkReading(t, e, err)
		}
	})
}
