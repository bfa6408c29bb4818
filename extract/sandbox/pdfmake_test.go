//go:build linux && !race

package sandbox

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// pdfFile collects the objects of a made PDF; the first is the catalog.
type pdfFile struct {
	objects []string
	hidden  int    // compact: an object that is listed but not there
	packed  string // compact: more entries for the object stream
	widths  string // compact: instead of the right widths of the columns
}

// add appends an object and returns its number.
func (p *pdfFile) add(format string, args ...any) int {
	p.objects = append(p.objects, fmt.Sprintf(format, args...))
	return len(p.objects)
}

// set replaces object n.
func (p *pdfFile) set(n int, format string, args ...any) {
	p.objects[n-1] = fmt.Sprintf(format, args...)
}

// bytes writes the file with a table of offsets (ISO 32000-1, 7.5.4).
func (p *pdfFile) bytes() []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(p.objects))
	for i, o := range p.objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

// compact writes the file with an object stream for all that may stand in one,
// and a cross-reference stream (7.5.7, 7.5.8).
func (p *pdfFile) compact() []byte {
	var out, index, packed bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	n := len(p.objects)
	container, table := n+1, n+2
	rows := make([][3]int, n+3)
	inside := 0
	for i, o := range p.objects {
		if strings.Contains(o, "stream") {
			rows[i+1] = [3]int{1, out.Len(), 0}
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
			continue
		}
		rows[i+1] = [3]int{2, container, inside}
		if i+1 == p.hidden {
			continue
		}
		fmt.Fprintf(&index, "%d %d ", i+1, packed.Len())
		packed.WriteString(o + "\n")
		inside++
	}
	rows[container] = [3]int{1, out.Len(), 0}
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", container,
		flateStream(fmt.Sprintf("/Type /ObjStm /N %d /First %d %s", inside, index.Len(), p.packed), index.String()+packed.String()))
	rows[table] = [3]int{1, out.Len(), 0}
	start := out.Len()
	var data bytes.Buffer
	for _, r := range rows {
		data.WriteByte(byte(r[0]))
		_ = binary.Write(&data, binary.BigEndian, uint32(r[1])) // a bytes.Buffer takes all
		_ = binary.Write(&data, binary.BigEndian, uint16(r[2]))
	}
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", table,
		flateStream(fmt.Sprintf("/Type /XRef %s /Size %d /Root 1 0 R", cmp.Or(p.widths, "/W [1 4 2]"), table+1), data.String()), start)
	return out.Bytes()
}

func deflate(data string) string {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestSpeed) // a level that exists
	_, _ = io.WriteString(w, data)                    // a bytes.Buffer takes all
	_ = w.Close()
	return out.String()
}

// flateStream is a compressed stream object.
func flateStream(dict, data string) string {
	packed := deflate(data)
	return fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dict, len(packed), packed)
}

// plainStream is a stream object as it is, for mutations to reach the content.
func plainStream(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

// onePage is a file with one page of the content and the resources.
func onePage(resources, content string, more ...string) *pdfFile {
	p := &pdfFile{}
	p.add("<< /Type /Catalog /Pages 2 0 R >>")
	p.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	p.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>", resources)
	p.add("%s", flateStream("", content))
	for _, o := range more { // from object 5 on
		p.add("%s", o)
	}
	return p
}

// reportPDF is an ordinary file of two pages: a title, text in a composite and
// in a simple font, a ruled table, a form XObject, an annotation. Its streams are made by stream.
func reportPDF(stream func(dict, data string) string) *pdfFile {
	const text = "某某局二〇二四年政府信息公开工作年度报告总体情况"
	var cmap, shown strings.Builder
	for i, r := range []rune(text) {
		fmt.Fprintf(&cmap, "<%04x> <%04x>\n", i+1, r)
		fmt.Fprintf(&shown, "%04x", i+1)
	}
	var c strings.Builder
	fmt.Fprintf(&c, "BT /F1 18 Tf 80 780 Td <%s> Tj ET\n", shown.String())
	for i := range 12 {
		fmt.Fprintf(&c, "60 %d m 540 %d l S\n", 700-i*24, 700-i*24)
	}
	for i := range 7 {
		fmt.Fprintf(&c, "%d 700 m %d 436 l S\n", 60+i*80, 60+i*80)
		for k := range 11 {
			fmt.Fprintf(&c, "BT /F2 10 Tf %d %d Td [(%d) -20 (x)] TJ ET\n", 70+i*80, 685-k*24, i*k)
		}
	}
	c.WriteString("/P <</MCID 0>> BDC q 1 0 0 1 10 10 cm /X1 Do Q EMC 60 60 100 0.5 re f\n")
	p := &pdfFile{}
	p.add("<< /Type /Catalog /Pages 2 0 R >>")
	p.add("<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>")
	const resources = "/Resources << /Font << /F1 6 0 R /F2 7 0 R >> /XObject << /X1 8 0 R >> >>"
	p.add("<< /Type /Page /Parent 2 0 R /Contents [5 0 R] %s /Annots [12 0 R] >>", resources)
	p.add("<< /Type /Page /Parent 2 0 R /Contents 5 0 R %s /Rotate 90 >>", resources)
	p.add("%s", stream("", c.String()))
	p.add("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Song /Encoding /Identity-H /DescendantFonts [9 0 R] /ToUnicode 10 0 R >>")
	p.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /B] >> /FirstChar 32 /LastChar 34 /Widths [250 300 400] >>")
	p.add("%s", stream("/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Resources << /Font << /F2 7 0 R >> >>", "BT /F2 9 Tf (form) Tj ET 0 0 50 20 re S"))
	p.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [1 [900 950] 5 9 800] /FontDescriptor 11 0 R >>")
	p.add("%s", stream("", "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"+
		fmt.Sprintf("%d beginbfchar\n%sendbfchar endcmap end", len([]rune(text)), cmap.String())))
	p.add("<< /Type /FontDescriptor /FontName /Song /Flags 4 /Ascent 880 /Descent -120 /FontBBox [0 -120 1000 880] >>")
	p.add("<< /Type /Annot /Subtype /FreeText /Rect [10 10 100 40] /AP << /N 8 0 R >> >>")
	return p
}
