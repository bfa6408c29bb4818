package docx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"nianbao/extract"
)

// typicalReport makes a report of the usual size: six chapters, three tables of
// 10 columns, about 110 KB of XML.
func typicalReport() fixture {
	run := func(text string) string {
		return `<w:r><w:rPr><w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	f := everything()
	var b strings.Builder
	for chapter := range 6 {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>` + run("本章题目") + `</w:p>`)
		for range 5 {
			b.WriteString(`<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + run(strings.Repeat("本机关按照要求做好信息公开工作，", 12)) + `</w:p>`)
		}
		if chapter%2 == 0 {
			continue
		}
		b.WriteString(`<w:tbl><w:tblPr/><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="900"/>`, 10) + `</w:tblGrid>`)
		for row := range 14 {
			b.WriteString("<w:tr>")
			for col := range 10 {
				props := `<w:tcW w:w="900" w:type="dxa"/>`
				if col == 0 {
					props += `<w:vMerge/>`
				}
				b.WriteString(`<w:tc><w:tcPr>` + props + `<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + run(fmt.Sprint(row*col)) + `</w:p></w:tc>`)
			}
			b.WriteString("</w:tr>")
		}
		b.WriteString(`</w:tbl>`)
	}
	f.body = b.String()
	return f
}

func BenchmarkRead(b *testing.B) {
	f := typicalReport()
	file := f.file(b)
	b.SetBytes(int64(len(f.parts()["word/document.xml"])))
	b.ReportAllocs()
	for b.Loop() {
		e, err := Read(bytes.NewReader(file), int64(len(file)), extract.DefaultLimits())
		if err != nil || len(e.Document.Tables) != 3 {
			b.Fatal(err)
		}
	}
}

// The cost of reading grows with the input, not with its square: a document ten
// times as large may take no more than thirty times as many allocations.
func TestLinearAllocations(t *testing.T) {
	count := func(body string) float64 {
		file := fixture{body: body}.file(t)
		return testing.AllocsPerRun(2, func() {
			if _, err := readBytes(file, extract.DefaultLimits()); err != nil {
				t.Fatal(err)
			}
		})
	}
	for name, piece := range map[string]string{
		"paragraphs":         para("文"),
		"tables":             plainTable("10 10", "甲|1") + "<w:p/>",
		"joined tables":      plainTable("10 10", "甲|1"),
		"paragraphs in runs": "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + runOf("文") + "</w:p>",
	} {
		small, large := count(strings.Repeat(piece, 300)), count(strings.Repeat(piece, 3000))
		if large > small*30 {
			t.Errorf("%s: %g allocations for 300, %g for 3000", name, small, large)
		}
	}
}
