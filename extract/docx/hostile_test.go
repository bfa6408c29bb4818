package docx

import (
	"archive/zip"
	"fmt"
	"net"
	"strings"
	"testing"

	"nianbao/extract"
)

// Names of parts are data: whatever they look like, they are looked up in the
// package and nowhere else.
func TestPartNames(t *testing.T) {
	doc := fixture{body: para("文")}.parts()["word/document.xml"]
	types := fixture{}.parts()["[Content_Types].xml"]
	rel := func(target string) string {
		return packageRels + `<Relationship Id="a" Type="` + officeRels + `officeDocument" Target="` + target + `"/></Relationships>`
	}
	for name, c := range map[string]struct{ entry, target string }{
		"climbing entry":    {"../../word/document.xml", "../../word/document.xml"},
		"absolute":          {"/word/document.xml", "/word/document.xml"},
		"backslashes":       {`word\document.xml`, `word\document.xml`},
		"drive":             {`C:\word\document.xml`, `C:\word\document.xml`},
		"case":              {"WORD/Document.XML", "word/document.xml"},
		"percent":           {"word/文 档.xml", "word/%E6%96%87%20%E6%A1%A3.xml"},
		"climbing percent":  {"word/document.xml", "%2e%2e/%2e%2e/word/document.xml"},
		"dots in between":   {"word/document.xml", "./x/../word/./document.xml"},
		"fragment":          {"word/document.xml", "word/document.xml#here"},
		"percent in a name": {"word/100%.xml", "word/100%.xml"},
	} {
		t.Run(name, func(t *testing.T) {
			e, err := readBytes(zipFile(t, map[string]string{"[Content_Types].xml": types, "_rels/.rels": rel(c.target), c.entry: doc}, zip.Deflate), extract.DefaultLimits())
			if name == "climbing entry" { // a name above the root ends at the root, where there is no such part
				if err == nil || extract.AsError(err).Code != extract.CodeDamaged {
					t.Errorf("read %v, %v", e, err)
				}
				return
			}
			if err != nil || outline(e) != "p: 文\n" {
				t.Errorf("read %v, %v", e, err)
			}
		})
	}
	for _, target := range []string{"/etc/passwd", "file:///etc/passwd", `\\server\share\a.xml`, "../../../../etc/passwd", "/proc/self/environ"} {
		f := related(`<w:altChunk r:id="g"/>`+para("文"), "x.xml", "<x/>")
		f.extra["word/_rels/document.xml.rels"] = packageRels + `<Relationship Id="g" Type="` + officeRels + `aFChunk" Target="` + target + `"/></Relationships>`
		if e := f.expect(t, "p: 文"); codes(e) != "part_skipped" {
			t.Errorf("%s: warnings %v", target, e.Warnings)
		}
	}
}

// Two entries that are the same part to Word are told; the first counts.
func TestDuplicateParts(t *testing.T) {
	f := fixture{body: para("一")}
	f.extra = map[string]string{"word/DOCUMENT.xml": fixture{body: para("二")}.parts()["word/document.xml"]}
	e := f.read(t)
	if got := outline(e); got != "p: 二\n" || codes(e) != "part_duplicate" { // upper case sorts first
		t.Errorf("read %q with %q", got, codes(e))
	}
}

// Nothing outside of the file is fetched, however it is referred to.
func TestExternalReferences(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	url := "http://" + ln.Addr().String() + "/x"
	external := func(id, kind string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s" TargetMode="External"/>`, id, officeRels, kind, url)
	}
	body := `<w:p><w:hyperlink r:id="h">` + runOf("链接") + `</w:hyperlink>` +
		drawing("外部图片", `<pic:pic><pic:blipFill><a:blip r:link="i"/></pic:blipFill></pic:pic>`) + drawing("图表", chartMark("c")) +
		`<w:r><w:object><o:OLEObject Type="Link" ProgID="Excel.Sheet.12" r:id="o"/></w:object></w:r>` +
		`<w:r><w:pict><v:shape><v:imagedata r:href="i" src="` + url + `"/></v:shape></w:pict></w:r>` +
		fld("begin") + instr(`INCLUDETEXT "`+url+`"`) + fld("end") + fld("begin") + instr(`INCLUDEPICTURE "`+url+`"`) + fld("separate") + fld("end") + `</w:p>` +
		`<w:altChunk r:id="a"/><w:subDoc r:id="s"/>`
	f := fixture{body: body, extra: map[string]string{
		"word/_rels/document.xml.rels": packageRels + external("h", "hyperlink") + external("i", "image") + external("c", "chart") + external("o", "oleObject") +
			external("a", "aFChunk") + external("s", "subDocument") + external("t", "attachedTemplate") + external("y", "styles") + external("n", "numbering") + `</Relationships>`,
	}}
	e := f.read(t)
	if !strings.HasPrefix(outline(e), "p: 链接\n") {
		t.Errorf("read %s", outline(e))
	}
	system := strings.Replace(f.parts()["word/document.xml"], "<w:document", `<!DOCTYPE w:document SYSTEM "`+url+`"><w:document`, 1)
	f.extra["word/document.xml"] = system
	wantError(t, f.file(t), extract.DefaultLimits(), extract.CodeDamaged, "DOCTYPE")

	// Had anything connected, it would stand before this connection of our own.
	own, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = own.Close() }()
	first, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	if first.RemoteAddr().String() != own.LocalAddr().String() {
		t.Errorf("%s connected while a file was read", first.RemoteAddr())
	}
}

// A main part of another type is read where the package says it is the document.
func TestWrongContentType(t *testing.T) {
	f := fixture{body: para("文"), extra: map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`}}
	if e := f.expect(t, "p: 文"); codes(e) != "part_type" {
		t.Errorf("warnings %v", e.Warnings)
	}
	for _, kind := range []string{"application/vnd.ms-word.document.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"} {
		f.extra["[Content_Types].xml"] = strings.Replace(fixture{}.parts()["[Content_Types].xml"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind, 1)
		if e := f.expect(t, "p: 文"); len(e.Warnings) > 0 {
			t.Errorf("%s: warnings %v", kind, e.Warnings)
		}
	}
}
