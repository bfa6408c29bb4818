//go:build linux && !race

package sandbox

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nianbao/extract"
)

// realPool reads with the real readers, the second engine among them. A file ends by
// itself or by its limits; the wall clock is only for one that hangs.
func realPool(tb testing.TB) *Pool {
	tb.Helper()
	return newPool(tb, Config{
		Workers: 2, Wall: time.Minute, CPU: 2 * time.Second,
		CacheDir: cacheDir(),
		Logger:   slog.New(slog.NewTextHandler(tb.Output(), nil)),
		Command:  []string{"/proc/self/exe", asRealChild},
	})
}

// attempt reads content under the name, and checks what holds for every file: a
// sound document or a typed error that says something, and no file that hangs.
func attempt(tb testing.TB, p *Pool, name string, content []byte) (*extract.Extraction, *extract.Error) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	e, err := p.Extract(context.Background(), f)
	if err == nil {
		return e, nil
	}
	typed := extract.AsError(err)
	if typed == nil || typed.Detail == "" {
		tb.Fatalf("%s: an error without a code or a word: %v", name, err)
	}
	if typed.Code == extract.CodeTimeout {
		tb.Errorf("%s hangs: %v", name, typed)
	}
	return nil, typed
}

// sound checks that the pool still reads ordinary files.
func sound(tb testing.TB, p *Pool) {
	tb.Helper()
	if _, err := attempt(tb, p, "good.docx", reportDocx(tb)); err != nil {
		tb.Errorf("afterwards, an ordinary Word file: %v", err)
	}
	if _, err := attempt(tb, p, "good.pdf", reportPDF(flateStream).bytes()); err != nil {
		tb.Errorf("afterwards, an ordinary PDF: %v", err)
	}
}

func TestOrdinaryFiles(t *testing.T) {
	p := realPool(t)
	// Wrong names: the content counts.
	for name, content := range map[string][]byte{
		"word.pdf": reportDocx(t), "pdf.docx": reportPDF(flateStream).bytes(), "compact.exe": reportPDF(flateStream).compact(),
	} {
		e, err := attempt(t, p, name, content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		all := fmt.Sprint(e.Document.Blocks)
		if !strings.Contains(all, "总体情况") || len(e.Document.Tables) == 0 {
			t.Errorf("%s: %d tables, blocks %.500s", name, len(e.Document.Tables), all)
		}
		if (e.Format == extract.FormatPDF) != (len(e.Document.Pages) == 2) {
			t.Errorf("%s: format %s with %d pages", name, e.Format, len(e.Document.Pages))
		}
	}
}

// hostile is a file and what it must end in: the code where one is wanted, or
// any outcome that attempt accepts.
type hostile struct {
	content []byte
	code    extract.Code
}

func TestHostileText(t *testing.T) {
	p := realPool(t)
	readAll(t, p, ".doc", map[string]hostile{
		"rtf-groups":   {[]byte(`{\rtf1` + strings.Repeat("{", 10_000_000)), extract.CodeLimit},
		"rtf-rows":     {[]byte(`{\rtf1\trowd` + strings.Repeat(`\cellx1`, 1000) + strings.Repeat(`\cell\row`, 1_000_000) + "}"), extract.CodeLimit},
		"rtf-binary":   {[]byte(`{\rtf1{\pict\bin2147483647 x}}`), extract.CodeDamaged},
		"rtf-stories":  {[]byte(`{\rtf1` + strings.Repeat(`{\header{\footnote{\shptxt x}}}`, 500_000) + "}"), ""},
		"html-depth":   {[]byte("<html>" + strings.Repeat("<i><table><tr><td>", 100_000)), extract.CodeLimit},
		"html-tags":    {[]byte("<html>" + strings.Repeat("<p>", 10_000_000)), extract.CodeLimit},
		"html-spans":   {[]byte("<table>" + strings.Repeat("<tr><td rowspan=65534 colspan=1000>", 100_000)), extract.CodeLimit},
		"html-classes": {[]byte("<style>" + strings.Repeat(".a{color:red}", 100_000) + "</style>" + strings.Repeat("<p class='a a a a a a'>x", 100_000)), ""},
		"mht-parts":    {[]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + strings.Repeat("--x\nContent-Type: text/plain\n\n", 500_000)), extract.CodeLimit},
	})
	sound(t, p)
}

func TestHostilePDF(t *testing.T) {
	bomb := deflate(strings.Repeat(strings.Repeat(" ", 1<<20), 600))
	p := realPool(t)
	readAll(t, p, ".pdf", map[string]hostile{
		"prev-loop":        {prevLoop(), ""},
		"prev-pair":        {prevPair(), ""},
		"brackets":         {onePage("", strings.Repeat("[", 10_000_000)).bytes(), ""},
		"dictionaries":     {onePage("", strings.Repeat("<<", 5_000_000)).bytes(), ""},
		"file-brackets":    {[]byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("[", 10_000_000)), ""},
		"size":             {claimsSize(), ""},
		"form-loop":        {formLoop(), ""},
		"form-fan":         {formFan(), extract.CodeLimit},
		"bomb":             {rawStream("/Filter /FlateDecode", bomb), extract.CodeLimit},
		"bomb-twice":       {rawStream("/Filter [/FlateDecode /FlateDecode]", deflate(bomb)), extract.CodeLimit},
		"bomb-ten-pages":   {manyBombs(10), extract.CodeLimit},
		"page-loop":        {pageLoop(), extract.CodeDamaged},
		"page-fan":         {pageFan(), extract.CodeLimit},
		"pages":            {manyPages(10_000), extract.CodeLimit},
		"count":            {claimsPages(), ""},
		"length-loop":      {lengthLoop(), ""},
		"length-packed":    {lengthPacked(), ""},
		"extends-missing":  {extendsMissing(), ""},
		"extends-loop":     {extendsLoop(), ""},
		"predictor":        {rawStream("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 60 /BitsPerComponent 32 >>", deflate("abc")), ""},
		"xref-stream":      {xrefStream("/W [1 8 8] /Index [0 2000000000]"), ""},
		"xref-widths":      {xrefStream("/W [2147483647 -5 1]"), ""},
		"cmap-range":       {withFont("/ToUnicode 6 0 R", "1 beginbfrange <0000> <ffffffff> <0000> endbfrange"), ""},
		"cmap-many":        {withFont("/ToUnicode 6 0 R", strings.Repeat("100 beginbfrange <0000> <ffff> <0000> endbfrange\n", 20_000)), ""},
		"widths":           {withFont("/FirstChar -2147483648 /LastChar 2147483647 /Widths [1 2]", ""), ""},
		"type3-loop":       {type3Loop(), ""},
		"annotation-loop":  {annotationLoop(), ""},
		"numbers":          {onePage("", strings.Repeat("1e308 99999999999999999999999 -.-.- 0 0 0 cm 1 0 0 1 1e38 1e38 re S\n", 10_000)).bytes(), ""},
		"save":             {onePage("", strings.Repeat("q ", 3_000_000)).bytes(), ""},
		"rulings":          {onePage("", rulings(200_000)).bytes(), ""},
		"grid":             {onePage("", gridLines(1500)).bytes(), ""},
		"glyphs":           {onePage("/Font << /F 5 0 R >>", "BT /F 9 Tf 10 10 Td ("+strings.Repeat("a", 2_000_000)+") Tj ET", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>").bytes(), extract.CodeLimit},
		"scattered-glyphs": {onePage("/Font << /F 5 0 R >>", scattered(100_000), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>").bytes(), ""},
		"inline-image":     {onePage("", "BI /W 2147483647 /H 2147483647 /BPC 8 ID "+strings.Repeat("E", 1_000_000)).bytes(), ""},
	})
	sound(t, p)
}

// readAll reads the files side by side, each as a test of its own.
func readAll(t *testing.T, p *Pool, extension string, files map[string]hostile) {
	t.Helper()
	t.Run("files", func(t *testing.T) {
		for name, h := range files {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				expect(t, p, name+extension, h)
			})
		}
	})
}

func expect(t *testing.T, p *Pool, name string, h hostile) {
	t.Helper()
	e, err := attempt(t, p, name, h.content)
	if err == nil {
		t.Logf("%d bytes: read, warnings %.300s", len(h.content), fmt.Sprint(e.Warnings))
	} else {
		t.Logf("%d bytes: %v", len(h.content), err)
	}
	if h.code != "" && (err == nil || err.Code != h.code) {
		t.Errorf("got %v, want %s", err, h.code)
	}
	// A bomb ends where it is inflated, before the process is out of memory.
	if strings.HasPrefix(name, "bomb") && (err == nil || !strings.HasPrefix(err.Limit, "decompressed_bytes=")) {
		t.Errorf("got %v, want the limit decompressed_bytes", err)
	}
	if err != nil && err.Code == extract.CodeLimit && err.Limit == "" {
		t.Errorf("no limit is named: %v", err)
	}
}

func TestHostileWord(t *testing.T) {
	p := realPool(t)
	readAll(t, p, ".docx", map[string]hostile{
		"bomb":          {makeDocx(t, bigBody(600), nil), extract.CodeLimit},
		"bomb-styles":   {makeDocx(t, body(paragraph("x")), map[string]string{"styles": strings.Repeat(strings.Repeat(" ", 1<<20), 300)}), extract.CodeLimit},
		"deep":          {makeDocx(t, body(strings.Repeat("<w:sdt>", 1_000_000)), nil), extract.CodeLimit},
		"deep-closed":   {makeDocx(t, body(strings.Repeat("<w:tbl><w:tr><w:tc>", 300_000)+strings.Repeat("</w:tc></w:tr></w:tbl>", 300_000)), nil), extract.CodeLimit},
		"one-token":     {makeDocx(t, body("<w:p><w:r><w:t>"+strings.Repeat("a", 100<<20)+"</w:t></w:r></w:p>"), nil), ""},
		"one-tag":       {makeDocx(t, body("<w:p "+strings.Repeat("a", 50<<20)+"/>"), nil), ""},
		"attributes":    {makeDocx(t, body("<w:p "+strings.Repeat(`w:a="1" `, 2_000_000)+"/>"), nil), ""},
		"entities":      {makeDocx(t, func(w io.Writer) { _, _ = io.WriteString(w, billionLaughs) }, nil), extract.CodeDamaged},
		"span":          {makeDocx(t, body(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr>`+paragraph("x")+`</w:tc></w:tr></w:tbl>`), nil), ""},
		"span-negative": {makeDocx(t, body(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="-5"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="-9"/></w:tcPr>`+paragraph("x")+`</w:tc></w:tr></w:tbl>`), nil), ""},
		"cells":         {makeDocx(t, body("<w:tbl>"+strings.Repeat("<w:tr>"+strings.Repeat("<w:tc><w:p/></w:tc>", 1001)+"</w:tr>", 1001)+"</w:tbl>"), nil), extract.CodeLimit},
		"ragged":        {makeDocx(t, body("<w:tbl>"+strings.Repeat("<w:tr><w:tc><w:p/></w:tc></w:tr>", 20_000)+`<w:tr><w:trPr><w:gridBefore w:val="20000"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>`), nil), ""},
		"style-loop":    {makeDocx(t, body(`<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>`), map[string]string{"styles": styleLoop}), ""},
		"paragraphs":    {makeDocx(t, body(strings.Repeat("<w:p/>", 3_000_000)), nil), ""},
		"numbering":     {makeDocx(t, body(strings.Repeat(`<w:p><w:pPr><w:numPr><w:ilvl w:val="-1"/><w:numId w:val="99999999999"/></w:numPr></w:pPr></w:p>`, 1000)), map[string]string{"numbering": "<x>"}), ""},
		"nothing":       {makeDocx(t, func(io.Writer) {}, nil), extract.CodeDamaged},
		"flat-deep":     {[]byte(flatStart + strings.Repeat("<w:sdt>", 1_000_000)), extract.CodeLimit},
		"flat-entities": {[]byte("<?mso-application progid=\"Word.Document\"?>" + billionLaughs), extract.CodeDamaged},
		"flat-parts":    {[]byte(flatStart + strings.Repeat(`</w:document></pkg:xmlData></pkg:part><pkg:part pkg:name="/x"><pkg:xmlData><w:document xmlns:w="x">`, 20_000)), extract.CodeDamaged},
		"flat-token":    {[]byte(flatStart + "<w:p " + strings.Repeat("a", 50<<20)), ""},
		"parts":         {manyParts(t, 20_000), extract.CodeLimit},
	})
	sound(t, p)
}

// TestCutFiles: a file that was cut is an error or a document, never a crash;
// and a Word file without its end is called damaged.
func TestCutFiles(t *testing.T) {
	p := realPool(t)
	const cuts = 20
	docx, pdf, compact := reportDocx(t), reportPDF(flateStream).bytes(), reportPDF(flateStream).compact()
	for i := 1; i < cuts; i++ {
		n := len(docx) * i / cuts
		if _, err := attempt(t, p, "cut.docx", docx[:n]); err == nil || err.Code != extract.CodeDamaged {
			t.Errorf("Word, %d of %d bytes: %v", n, len(docx), err)
		}
		for _, whole := range [][]byte{pdf, compact} {
			if _, err := attempt(t, p, "cut.pdf", whole[:len(whole)*i/cuts]); err != nil && err.Code != extract.CodeDamaged {
				t.Errorf("PDF, %d/%d: %v", i, cuts, err)
			}
		}
	}
	for _, content := range [][]byte{{}, docx[:4], pdf[:4]} {
		if _, err := attempt(t, p, "stub", content); err == nil || err.Code != extract.CodeUnsupported {
			t.Errorf("%d bytes: %v", len(content), err)
		}
	}
	sound(t, p)
}
