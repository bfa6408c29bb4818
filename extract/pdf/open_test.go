package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"nianbao/extract"
)

const hello = "BT /F1 10 Tf 100 700 Td (hello) Tj ET"

func helloFile() []byte { return onePage(&testFile{}, helvetica, hello, "") }

func openLimited(data []byte, lim extract.Limits) (*Document, error) {
	return Open(bytes.NewReader(data), int64(len(data)), lim)
}

func TestFileEnds(t *testing.T) {
	good := helloFile()
	for name, data := range map[string][]byte{
		"plain":            good,
		"version 2.0":      bytes.Replace(good, []byte("%PDF-1.7"), []byte("%PDF-2.0"), 1),
		"blank in header":  bytes.Replace(good, []byte("%PDF-1.7\n%"), []byte("%PDF-1.7 \n"), 1),
		"bytes in front":   append([]byte("HTTP/1.1 200 OK\r\n\r\n"), good...),
		"bytes behind":     append(append([]byte{}, good...), strings.Repeat("\x00 <!-- -->", 100)...),
		"carriage returns": append(append([]byte{}, good...), "\r\n\r\n"...),
		"no end mark":      bytes.Replace(good, []byte("%%EOF\n"), nil, 1),
		"half an end mark": good[:len(good)-5],
		"no startxref":     regexp.MustCompile(`startxref\n\d+\n`).ReplaceAll(good, nil),
	} {
		if got := textOf(readPage(t, data)); got != "hello" {
			t.Errorf("%s: %q", name, got)
		}
	}
	for name, data := range map[string][]byte{
		"empty":               {},
		"text":                []byte("hello world, no PDF here"),
		"only header":         []byte("%PDF-1.7\n"),
		"truncated":           good[:len(good)*2/3],
		"truncated at the %%": good[:len(good)-8],
		"number cut":          good[:len(good)-9],
		"only an end mark":    append(append([]byte{}, good[:len(good)/2]...), "\n%%EOF\n"...),
		"nothing inside":      []byte("%PDF-1.7\nstartxref\n5\n%%EOF\n"),
		"no catalog":          bytes.ReplaceAll(bytes.Replace(good, []byte("/Root"), []byte("/Rott"), 1), []byte("/Catalog"), []byte("/Katalog")),
	} {
		_, err := openLimited(data, extract.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeDamaged || e.Detail == "" {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// packed is a page whose catalog, page tree and page stand in an object stream,
// object 5; container is its dictionary with a verb for /First, not closed.
func packed(container string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	contentAt := b.Len()
	fmt.Fprintf(&b, "1 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", len(hello), hello)
	objs := []string{
		"<</Type /Catalog /Pages 3 0 R>>",
		"<</Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 600 800]>>",
		"<</Type /Page /Parent 3 0 R /Contents 1 0 R /Resources <<" + helvetica + ">>>>",
	}
	var index, body string
	for i, o := range objs {
		index += fmt.Sprintf("%d %d ", i+2, len(body))
		body += o + " "
	}
	z := deflate(index + body)
	objAt := b.Len()
	dict := fmt.Sprintf(container, len(index))
	if !strings.Contains(dict, "/Length") {
		dict += fmt.Sprintf(" /Length %d", len(z))
	}
	fmt.Fprintf(&b, "5 0 obj\n%s>>\nstream\n%s\nendstream\nendobj\n", dict, z)
	start := b.Len()
	table := []byte{0, 0, 0, 0}
	home := 5
	if strings.Contains(container, "Itself") {
		home = 2
	}
	for _, e := range [][3]int{{1, contentAt, 0}, {2, home, 0}, {2, 5, 1}, {2, 5, 2}, {1, objAt, 0}, {1, start, 0}} {
		table = append(table, byte(e[0]), byte(e[1]>>8), byte(e[1]), byte(e[2]))
	}
	zt := deflate(string(table))
	fmt.Fprintf(&b, "6 0 obj\n<</Type /XRef /Size 7 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", len(zt), zt, start)
	return b.Bytes()
}

func TestObjectStreams(t *testing.T) {
	const plain = "<</Type /ObjStm /N 3 /First %d /Filter /FlateDecode"
	for name, dict := range map[string]string{
		"plain":            plain,
		"Length inside":    plain + " /Length 3 0 R",
		"Length is itself": plain + " /Length 5 0 R",
		"extends itself":   plain + " /Extends 5 0 R",
		"N too large":      "<</Type /ObjStm /N 999999999 /First %d /Filter /FlateDecode",
	} {
		if got := textOf(readPage(t, packed(dict))); got != "hello" {
			t.Errorf("%s: text %q", name, got)
		}
	}
	for name, dict := range map[string]string{
		"no First":      "<</Type /ObjStm /N 3 /Fist %d /Filter /FlateDecode",
		"First outside": "<</Type /ObjStm /N 3 /First 9%d /Filter /FlateDecode", "no filter": "<</Type /ObjStm /N 3 /First %d",
	} {
		_, err := openLimited(packed(dict), extract.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 50
	_, err := openLimited(packed(plain), lim)
	wantError(t, err, extract.CodeLimit)
}

// TestRepair reads whole files whose cross-reference sections are of no use.
func TestRepair(t *testing.T) {
	good := helloFile()
	const plain = "<</Type /ObjStm /N 3 /First %d /Filter /FlateDecode"
	replace := func(data []byte, from, to string) []byte {
		if !bytes.Contains(data, []byte(from)) {
			t.Fatalf("no %q", from)
		}
		return bytes.Replace(data, []byte(from), []byte(to), 1)
	}
	updated := append(bytes.Clone(good), "\n2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 400]>>\nendobj\nstartxref\n0\n%%EOF\n"...)
	for name, data := range map[string][]byte{
		"bytes inserted":      replace(good, "1 0 obj", "% a comment that moves everything\n1 0 obj"),
		"startxref outside":   replace(good, "startxref\n", "startxref\n9"),
		"startxref no number": replace(good, "startxref\n", "startxref\nx"),
		"no xref there":       replace(good, "xref\n0", "xxxx\n0"),
		"no Root":             replace(good, "/Root", "/Rott"),
		"no trailer":          replace(good, "trailer", "trayler"),
		"Prev outside":        replace(good, "trailer\n<<", "trailer\n<</Prev 99999999 "),
		"Prev negative":       replace(good, "trailer\n<<", "trailer\n<</Prev -5 "),
		"newer objects win":   updated,
		"another Root":        replace(replace(good, "startxref\n", "startxref\n9"), "/Root 4 0 R", "/Root 1 0 R"),
		"object streams":      replace(packed(plain), "startxref\n", "startxref\n9"),
		"stream in itself":    packed(plain + " /Itself true"),
	} {
		p := readPage(t, data)
		if textOf(p) != "hello" || len(p.Warnings) != 1 || p.Warnings[0].Code != "structure_repaired" {
			t.Errorf("%s: %q, warnings %+v", name, textOf(p), p.Warnings)
		}
		if want := map[bool]float64{true: 300, false: 600}[name == "newer objects win"]; p.Width != want {
			t.Errorf("%s: width %v", name, p.Width)
		}
	}
	_, err := openLimited(replace(encrypted(3, ""), "startxref\n", "startxref\n9"), extract.DefaultLimits())
	wantError(t, err, extract.CodeDamaged)
	lim := extract.DefaultLimits()
	lim.Pages = 20
	_, err = openLimited(replace(manyPages(21, 1), "startxref\n", "startxref\n9"), lim)
	wantError(t, err, extract.CodeLimit)
}

// TestMissingParts: what is named but not there must not pass as empty.
func TestMissingParts(t *testing.T) {
	for name, data := range map[string][]byte{
		"contents":         bytes.Replace(helloFile(), []byte("/Contents 1 0 R"), []byte("/Contents 77 0 R"), 1),
		"part of contents": bytes.Replace(helloFile(), []byte("/Contents 1 0 R"), []byte("/Contents [1 0 R 77 0 R]"), 1),
		"form":             onePage(&testFile{}, "/XObject <</X 77 0 R>>", "/X Do", ""),
		"font":             onePage(&testFile{}, "/Font <</F1 77 0 R>>", hello, ""),
	} {
		// The replaced references move the offsets, so these files are repaired too.
		codes := map[string]bool{}
		for _, w := range readPage(t, data).Warnings {
			codes[w.Code] = true
		}
		delete(codes, "structure_repaired")
		if len(codes) == 0 {
			t.Errorf("%s: missing without a word", name)
		}
	}
}

// encrypted writes a page encrypted with the standard handler (7.6.3) of the
// revision: 2 is RC4 with 40 bits, 3 RC4 with 128, 4 AES with 128.
func encrypted(revision int, password string) []byte {
	pad := "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	owner, id := strings.Repeat("o", 32), "0123456789abcdef"
	sum := func(parts ...string) []byte {
		h := md5.Sum([]byte(strings.Join(parts, "")))
		return h[:]
	}
	rc := func(key, data []byte) []byte {
		c, err := rc4.NewCipher(key)
		if err != nil {
			panic(err)
		}
		out := make([]byte, len(data))
		c.XORKeyStream(out, data)
		return out
	}
	key := sum((password + pad)[:32], owner, "\xfc\xff\xff\xff", id)
	user := rc(key[:5], []byte(pad))
	n := 5
	if revision > 2 {
		n = 16
		for range 50 {
			key = sum(string(key))
		}
		user = sum(pad, id)
		for i := range 20 {
			k := bytes.Clone(key)
			for j := range k {
				k[j] ^= byte(i)
			}
			user = rc(k, user)
		}
		user = append(user, make([]byte, 16)...)
	}
	key = key[:n]
	f := &testFile{}
	data := []byte(hello)
	if revision == 4 {
		iv := bytes.Repeat([]byte{7}, 16)
		padded := append(data, bytes.Repeat([]byte{byte(16 - len(data)%16)}, 16-len(data)%16)...)
		block, err := aes.NewCipher(sum(string(key), "\x01\x00\x00\x00\x00", "sAlT"))
		if err != nil {
			panic(err)
		}
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(padded, padded)
		data = append(iv, padded...)
	} else {
		data = rc(sum(string(key), "\x01\x00\x00\x00\x00")[:min(16, n+5)], data)
	}
	extra := map[int]string{2: "/V 1", 3: "/V 2 /Length 128", 4: "/V 4 /Length 128 /CF <</StdCF <</CFM /AESV2 /Length 16>>>> /StmF /StdCF /StrF /StdCF"}[revision]
	f.trailer = fmt.Sprintf("/ID [<%x> <%x>] /Encrypt <</Filter /Standard /R %d %s /P -4 /O <%x> /U <%x>>>", id, id, revision, extra, owner, user)
	return onePage(f, helvetica, string(data), "")
}

func TestEncryption(t *testing.T) {
	for revision := 2; revision <= 4; revision++ {
		if got := textOf(readPage(t, encrypted(revision, ""))); got != "hello" {
			t.Errorf("revision %d: %q", revision, got)
		}
		_, err := openLimited(encrypted(revision, "secret"), extract.DefaultLimits())
		wantError(t, err, extract.CodeEncrypted)
	}
}

// manyPages has n pages, and claims to have count.
func manyPages(n, count int) []byte {
	f := &testFile{}
	pages := f.reserve()
	var kids strings.Builder
	for range n {
		fmt.Fprintf(&kids, "%d 0 R ", f.add("<</Type /Page /Parent 1 0 R>>"))
	}
	f.set(pages, "<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 600 800]>>", kids.String(), count)
	f.root = f.add("<</Type /Catalog /Pages 1 0 R>>")
	return f.bytes()
}

func TestPageLimit(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.Pages = 20
	if d, err := openLimited(manyPages(20, 20), lim); err != nil || d.NumPages() != 20 {
		t.Errorf("at the limit: %v", err)
	}
	for name, data := range map[string][]byte{
		"real and claimed": manyPages(21, 21), "only real": manyPages(21, 1), "only claimed": manyPages(1, 21),
	} {
		_, err := openLimited(data, lim)
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit || e.Limit != "pages=20" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := openLimited(manyPages(10_000, 10_000), extract.DefaultLimits())
	wantError(t, err, extract.CodeLimit)
}

func TestPageTrees(t *testing.T) {
	tree := func(nodes ...string) []byte {
		f := &testFile{objects: nodes}
		f.root = f.add("<</Type /Catalog /Pages 1 0 R>>")
		return f.bytes()
	}
	lim := extract.DefaultLimits()
	d, err := openLimited(tree("<</Type /Pages /Kids [2 0 R 3 0 R] /MediaBox [0 0 100 100]>>",
		"<</Type /Pages /Kids [4 0 R] /Rotate 90 /MediaBox [0 0 200 100]>>", "<</Type /Page>>", "<</Type /Page>>"), lim)
	if err != nil || d.NumPages() != 2 {
		t.Fatalf("nested tree: %v", err)
	}
	for i, want := range [2][2]float64{{100, 200}, {100, 100}} {
		if p, err := d.Page(i + 1); err != nil || p.Width != want[0] || p.Height != want[1] || p.Number != i+1 {
			t.Errorf("page %d: %+v %v", i+1, p, err)
		}
	}
	// A tree that contains itself has a page that cannot be read; the others stay.
	d, err = openLimited(tree("<</Type /Pages /Kids [2 0 R 3 0 R]>>", "<</Type /Pages /Kids [1 0 R]>>", "<</Type /Page>>"), lim)
	if err != nil || d.NumPages() != 2 {
		t.Fatalf("looped tree: %v", err)
	}
	_, err = d.Page(1)
	wantError(t, err, extract.CodeDamaged)
	if _, err := d.Page(2); err != nil {
		t.Errorf("page beside a loop: %v", err)
	}
	_, err = openLimited(tree("<</Type /Pages /Kids []>>"), lim)
	wantError(t, err, extract.CodeDamaged)
	// Every level names the next one twice: 2^200 ways, no page at the end.
	var doubling, deep []string
	for i := range 200 {
		doubling = append(doubling, fmt.Sprintf("<</Type /Pages /Kids [%d 0 R %d 0 R]>>", i+2, i+2))
	}
	_, err = openLimited(tree(append(doubling, "<</Type /Pages /Kids []>>")...), lim)
	wantError(t, err, extract.CodeLimit)
	for i := range 400 {
		deep = append(deep, fmt.Sprintf("<</Type /Pages /Kids [%d 0 R]>>", i+2))
	}
	_, err = openLimited(tree(append(deep, "<</Type /Page>>")...), lim)
	if e := wantError(t, err, extract.CodeLimit); e.Limit != "depth=256" {
		t.Errorf("limit %q", e.Limit)
	}
}

func TestDamagedPageIsNamed(t *testing.T) {
	f := &testFile{}
	c := f.stream("", hello)
	bad := f.add("<</Type /Page /Rotate ) >>")
	missing := 99
	good := f.add("<</Type /Page /Contents %d 0 R /MediaBox [0 0 600 800] /Resources <<%s>>>>", c, helvetica)
	noContents := f.add("<</Type /Page /Contents %d 0 R>>", bad)
	pages := f.add("<</Type /Pages /Kids [%d 0 R %d 0 R %d 0 R %d 0 R]>>", good, bad, missing, noContents)
	f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
	d := open(t, f.bytes())
	if d.NumPages() != 4 {
		t.Fatalf("%d pages", d.NumPages())
	}
	if p, err := d.Page(1); err != nil || textOf(p) != "hello" {
		t.Errorf("good page: %v", err)
	}
	for _, n := range []int{2, 3, 4} {
		_, err := d.Page(n)
		if e := wantError(t, err, extract.CodeDamaged); !strings.Contains(e.Detail, fmt.Sprintf("第 %d 页", n)) {
			t.Errorf("page %d: %s", n, e.Detail)
		}
	}
	for _, n := range []int{0, -1, 5} {
		_, err := d.Page(n)
		wantError(t, err, extract.CodeDamaged)
	}
}

func TestXrefLoopsAndSizes(t *testing.T) {
	good := string(helloFile())
	at := strings.LastIndex(good, "xref\n0 ")
	self := strings.Replace(good, "trailer\n<<", fmt.Sprintf("trailer\n<</Prev %d ", at), 1)
	for name, c := range map[string]struct {
		data string
		code extract.Code
	}{
		"Prev to itself":  {self, extract.CodeDamaged},
		"huge Size":       {strings.Replace(good, "trailer\n<</Size ", "trailer\n<</Size 2147483648 /Old ", 1), extract.CodeLimit},
		"huge subsection": {strings.Replace(good, "xref\n0 ", "xref\n4294967290 ", 1), extract.CodeLimit},
		"huge count":      {strings.Replace(good, "xref\n0 ", "xref\n0 2147483648", 1), extract.CodeLimit},
	} {
		_, err := openLimited([]byte(c.data), extract.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, dict := range map[string]string{
		"Prev to itself": "/Size 3 /W [1 1 1] /Prev 9", "huge Size": "/Size 2147483648 /W [1 1 1]",
		"huge W": "/Size 3 /W [1 2000000000 1]", "huge Index": "/Size 3 /W [1 1 1] /Index [4000000000 1]",
	} {
		data := "%PDF-1.7\n" + "3 0 obj\n<</Type /XRef " + dict + " /Root 1 0 R /Length 3>>\nstream\nabc\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
		if _, err := openLimited([]byte(data), extract.DefaultLimits()); extract.AsError(err) == nil {
			t.Errorf("xref stream, %s: %v", name, err)
		}
	}
}

func TestDecompressedBytes(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 20
	bomb := func(n int, compress bool) []byte {
		f := &testFile{}
		data := strings.Repeat(" ", n)
		c := f.reserve()
		if compress {
			z := deflate(data)
			f.set(c, "<</Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream", len(z), z)
		} else {
			f.set(c, "<</Length %d>>\nstream\n%s\nendstream", n, data)
		}
		pages := f.reserve()
		p := f.add("<</Type /Page /Contents [%d 0 R %d 0 R]>>", c, c)
		f.set(pages, "<</Type /Pages /Kids [%d 0 R]>>", p)
		f.root = f.add("<</Type /Catalog /Pages %d 0 R>>", pages)
		return f.bytes()
	}
	for n, ok := range map[int]bool{1 << 19: true, 1<<19 + 1: false, 8 << 20: false} {
		for _, compress := range []bool{true, false} {
			d, err := openLimited(bomb(n, compress), lim)
			if err != nil {
				t.Fatal(err)
			}
			_, err = d.Page(1)
			if ok && err != nil {
				t.Errorf("%d twice, compressed %v: %v", n, compress, err)
			}
			if !ok {
				if e := wantError(t, err, extract.CodeLimit); e.Limit != "decompressed_bytes=1048576" {
					t.Errorf("limit %q", e.Limit)
				}
			}
		}
	}
	// Streams that decode to nothing, over and over.
	f := &testFile{}
	form := f.stream("/Subtype /Form /BBox [0 0 9 9] /Filter /FlateDecode", "x"+strings.Repeat("y", 1<<19))
	d, err := openLimited(onePage(f, fmt.Sprintf("/XObject <</X %d 0 R>>", form), strings.Repeat("/X Do ", 1000), ""), lim)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Page(1)
	wantError(t, err, extract.CodeLimit)
}

func TestPageLimits(t *testing.T) {
	lim := extract.DefaultLimits()
	lim.Operators, lim.Glyphs = 100, 10
	for _, c := range []struct{ name, ops, limit string }{
		{"operators", strings.Repeat("q Q ", 50), ""},
		{"operators", strings.Repeat("q Q ", 50) + "q", "operators=100"},
		{"glyphs", "BT /F1 10 Tf (0123456789) Tj ET", ""},
		{"glyphs", "BT /F1 10 Tf 20 20 Td (0123456789a) Tj ET", "glyphs=10"},
		{"glyphs by ActualText", "/Span <</ActualText (0123456789a)>> BDC BT /F1 10 Tf (abc) Tj ET EMC", "glyphs=10"},
	} {
		d, err := openLimited(onePage(&testFile{}, helvetica, c.ops, ""), lim)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Page(1)
		if c.limit == "" && err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.limit != "" {
			if e := wantError(t, err, extract.CodeLimit); e.Limit != c.limit {
				t.Errorf("%s: limit %q", c.name, e.Limit)
			}
		}
	}
}
