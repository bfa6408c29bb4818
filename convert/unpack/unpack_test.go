package unpack_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/unpack"
	"nianbao/extract"
	"nianbao/extract/reader"
)

func gbk(s string) string {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func unicodePath(raw, name string) []byte {
	b := []byte{0x75, 0x70}
	b = binary.LittleEndian.AppendUint16(b, uint16(5+len(name)))
	b = append(b, 1)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(raw)))
	return append(b, name...)
}

func TestNames(t *testing.T) {
	for name, tt := range map[string]struct {
		members []member
		want    []string
	}{
		"utf-8, declared":       {[]member{{name: "云溪县/报告.pdf", flags: 1 << 11}}, []string{"云溪县/报告.pdf"}},
		"utf-8, undeclared":     {[]member{{name: "云溪县/报告.pdf"}}, []string{"云溪县/报告.pdf"}},
		"utf-8, wrongly":        {[]member{{name: gbk("云溪县.pdf"), flags: 1 << 11}}, []string{"云溪县.pdf"}},
		"gbk":                   {[]member{{name: gbk("云溪县/年度报告.pdf")}}, []string{"云溪县/年度报告.pdf"}},
		"gbk with 0x5c inside":  {[]member{{name: gbk("乗乗/誠誠.pdf")}}, []string{"乗乗/誠誠.pdf"}},
		"gb 18030, four bytes":  {[]member{{name: "\x81\x39\xef\x30.pdf"}}, []string{"㐁.pdf"}},
		"unicode path":          {[]member{{name: "____.pdf", extra: unicodePath("____.pdf", "云溪县.pdf")}}, []string{"云溪县.pdf"}},
		"of another name":       {[]member{{name: "b.pdf", extra: unicodePath("a.pdf", "云溪县.pdf")}}, []string{"b.pdf"}},
		"unicode path, cut":     {[]member{{name: "b.pdf", extra: unicodePath("b.pdf", "")}}, []string{"b.pdf"}},
		"unicode path, invalid": {[]member{{name: "b.pdf", extra: unicodePath("b.pdf", "\xff")}}, []string{"b.pdf"}},
		"latin, alone":          {[]member{{name: "café.pdf"}}, []string{"café.pdf"}},
		"either, beside gbk":    {[]member{{name: "\xd6\xa4\xd6\xa4.pdf"}, {name: gbk("云溪县.pdf")}}, []string{gb18030(t, "\xd6\xa4\xd6\xa4") + ".pdf", "云溪县.pdf"}},
		"neither":               {[]member{{name: "\xff\xff.pdf"}}, []string{"\ufffd\ufffd.pdf"}},
		"backslashes":           {[]member{{name: `云溪县\民政局\a.pdf`}}, []string{"云溪县/民政局/a.pdf"}},
		"gbk and backslashes":   {[]member{{name: gbk(`云溪县\乗.pdf`)}}, []string{"云溪县/乗.pdf"}},
		"absolute":              {[]member{{name: "/etc/a.pdf"}}, []string{"etc/a.pdf"}},
		"up":                    {[]member{{name: "../../a/../../b.pdf"}}, []string{"a/b.pdf"}},
		"up, backslashes":       {[]member{{name: `..\..\b.pdf`}}, []string{"b.pdf"}},
		"up with spaces":        {[]member{{name: ".. /. ./\u200b../b.pdf"}}, []string{"b.pdf"}},
		"drive":                 {[]member{{name: `C:\a\b.pdf`}}, []string{"a/b.pdf"}},
		"drive, relative":       {[]member{{name: `c:b.pdf`}}, []string{"b.pdf"}},
		"drive behind drive":    {[]member{{name: `/C:/d:D:b.pdf`}}, []string{"b.pdf"}},
		"network":               {[]member{{name: `\\server\share\b.pdf`}}, []string{"server/share/b.pdf"}},
		"verbatim":              {[]member{{name: `\\?\C:\b.pdf`}}, []string{"b.pdf"}},
		"control":               {[]member{{name: "a\x00b\r\nc\x1b[31m.pdf"}}, []string{"abc[31m.pdf"}},
		"direction":             {[]member{{name: "a\u202efdp.exe"}}, []string{"afdp.exe"}},
		"nothing":               {[]member{{name: ""}, {name: "../.."}}, []string{"未命名", "未命名~2"}},
		"twice":                 {[]member{{name: "a/b.pdf"}, {name: "a~2/b.pdf"}, {name: "a/b.pdf"}, {name: "a/./b.pdf"}, {name: "a/b~2.pdf"}}, []string{"a/b.pdf", "a~2/b.pdf", "a/b~2.pdf", "a/b~3.pdf", "a/b~2~2.pdf"}},
		"long":                  {[]member{{name: strings.Repeat("年", 300) + ".docx"}}, []string{strings.Repeat("年", 250) + ".docx"}},
		"deep":                  {[]member{{name: strings.Repeat("d/", 600) + "a.pdf"}}, []string{strings.Repeat("d/", 497) + "a.pdf"}},
	} {
		for i := range tt.members {
			tt.members[i].content = "x"
		}
		var got []string
		for f := range mustOpen(t, makeZip(tt.members...)).Files() {
			got = append(got, f.Path)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func gb18030(t *testing.T, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewDecoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFiles(t *testing.T) {
	long := strings.Repeat("政府信息公开 ", 10_000)
	b := makeZip(
		member{name: "云溪县/"},
		member{name: "云溪县/a.pdf", content: long},
		member{name: "云溪县/民政局/b.docx", content: "stored", store: true},
		member{name: `old\`, host: 0},
		member{name: "folder", host: 3, mode: 0o040755},
		member{name: "__MACOSX/云溪县/._a.pdf", content: "x"},
		member{name: "x/__MACOSX/a.pdf", content: "x"},
		member{name: "._a.pdf", content: "x"},
		member{name: "云溪县/.DS_Store", content: "x"},
		member{name: "云溪县/thumbs.DB", content: "x"},
		member{name: "Desktop.ini", content: "x"},
		member{name: "云溪县/~$报告.docx", content: "x"},
		member{name: "云溪县/年报.files/header.htm", content: "x"},
		member{name: "b_files/sub/image.PNG", content: "x"},
		member{name: "b_files/报告.docx", content: "in a folder"},
		member{name: "b.files.html", content: "page"},
		member{name: "regular", content: "r", host: 3, mode: 0o100644},
		member{name: "link", content: "/etc/passwd", host: 3, mode: 0o120777},
		member{name: "device", content: "x", host: 19, mode: 0o020666},
		member{name: "empty.pdf"},
		member{name: "locked.pdf", content: "x", flags: 1},
		member{name: "locked2.pdf", content: "x", method: 99},
		member{name: "lzma.pdf", content: "x", method: 14},
		member{name: "strange.pdf", content: "x", method: 77},
		member{name: "full/", content: "content of a folder"},
		member{name: "a.rar", content: "Rar!\x1a\x07\x01\x00 and so on"},
		member{name: "reports", content: "7z\xbc\xaf\x27\x1c and so on"},
		member{name: "b.tgz", content: "\x1f\x8b\x08 and so on"},
		member{name: "c.zip", content: string(makeZip(member{name: "d.pdf", content: "x"}))},
		member{name: "document.zip", content: string(makeZip(member{name: "[Content_Types].xml", content: "x"}))},
		member{name: "last.pdf", content: "last"},
	)
	want := []string{
		"云溪县-directory", "云溪县/a.pdf=" + long, "云溪县/民政局/b.docx=stored", "old-directory", "folder-directory",
		"__MACOSX/云溪县/._a.pdf-system_file", "x/__MACOSX/a.pdf-system_file", "._a.pdf-system_file", "云溪县/.DS_Store-system_file",
		"云溪县/thumbs.DB-system_file", "Desktop.ini-system_file", "云溪县/~$报告.docx-lock_file",
		"云溪县/年报.files/header.htm-companion", "b_files/sub/image.PNG-companion", "b_files/报告.docx=in a folder", "b.files.html=page",
		"regular=r", "link!unsupported_format", "device!unsupported_format", "empty.pdf!unsupported_format",
		"locked.pdf!encrypted", "locked2.pdf!encrypted", "lzma.pdf!damaged", "strange.pdf!damaged", "full!damaged",
		"a.rar!unsupported_format", "reports!unsupported_format", "b.tgz!unsupported_format", "c.zip!unsupported_format",
		"document.zip=" + string(makeZip(member{name: "[Content_Types].xml", content: "x"})),
		"last.pdf=last",
	}
	a := mustOpen(t, b)
	if d := cmp.Diff(want, outcomes(a)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want, outcomes(a)); d != "" {
		t.Errorf("the second time: %s", d)
	}
	if a.Len() != len(want) {
		t.Errorf("Len %d, want %d", a.Len(), len(want))
	}
	for f := range a.Files() {
		if f.Skip != "" {
			if _, err := f.Open(); extract.AsError(err) == nil {
				t.Errorf("%s is skipped and opens: %v", f.Path, err)
			}
		}
	}
}

// Each detail says in Chinese what to do.
func TestDetails(t *testing.T) {
	for says, m := range map[string]member{
		"LZMA":       {content: "x", method: 14},
		"不设密码":       {content: "x", flags: 1},
		"RAR 压缩包。请把": {content: "Rar!\x1a\x07\x01\x00"},
		"0 字节":       {},
		"符号链接":       {content: "x", host: 3, mode: 0o120777},
	} {
		m.name = "a.pdf"
		for f := range mustOpen(t, makeZip(m)).Files() {
			_, err := contentOf(f)
			if e := extract.AsError(err); e == nil || !strings.Contains(e.Detail, says) || !strings.Contains(e.Detail, "请") {
				t.Errorf("want %s …: %v", says, err)
			}
		}
	}
}

func TestDamagedFilesFailAlone(t *testing.T) {
	text := strings.Repeat("数字和文字 123 ", 500)
	good := member{name: "good.pdf", content: "good"}
	flipped := deflated(text)
	flipped[len(flipped)/2] ^= 0x55
	for name, m := range map[string]member{
		"flipped":           {content: text, data: flipped},
		"no deflate":        {content: text, data: []byte(strings.Repeat("\xff", 100))},
		"cut":               {content: text, data: deflated(text)[:40]},
		"crc":               {content: text, crc: ptr(uint32(1))},
		"crc, stored":       {content: text, crc: ptr(uint32(1)), store: true},
		"longer":            {content: text, size: ptr(uint64(len(text) - 1))},
		"one byte":          {content: text, size: ptr(uint64(1))},
		"shorter":           {content: text, size: ptr(uint64(len(text) + 1))},
		"stored, sizes":     {content: text, size: ptr(uint64(len(text) + 1)), store: true},
		"no header there":   {content: text, offset: ptr(uint64(3))},
		"far offset":        {content: text, offset: ptr(uint64(1<<32 - 2))},
		"no zip64 offset":   {content: text, offset: ptr(uint64(1<<32 - 1))},
		"no zip64 size":     {content: text, size: ptr(uint64(1<<32 - 1))},
		"negative by zip64": {content: text, offset: ptr(uint64(1<<32 - 1)), extra: []byte("\x01\x00\x08\x00\xf0\xff\xff\xff\xff\xff\xff\xff")},
	} {
		m.name = "bad.pdf"
		got := outcomes(mustOpen(t, makeZip(good, m, member{name: "too.pdf", content: "too"})))
		if d := cmp.Diff([]string{"good.pdf=good", "bad.pdf!damaged", "too.pdf=too"}, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// What runs over the claim is never given out.
func TestContentNeverExceedsTheClaim(t *testing.T) {
	b := makeZip(member{name: "a", content: strings.Repeat("x", 1<<20), size: ptr(uint64(1000))})
	for f := range mustOpen(t, b).Files() {
		got, err := contentOf(f)
		if len(got) > 1000 || extract.AsError(err) == nil {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	}
}

func TestZip64(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(records, size, offset *uint64, at *uint64)
		ok     bool
	}{
		"true":          {func(_, _, _, _ *uint64) {}, true},
		"records":       {func(r, _, _, _ *uint64) { *r = 1 << 60 }, false},
		"size":          {func(_, s, _, _ *uint64) { *s = 1<<63 + 1 }, false},
		"size, wrapped": {func(_, s, _, _ *uint64) { *s = ^uint64(0) }, false},
		"offset":        {func(_, _, o, _ *uint64) { *o = ^uint64(0) - 10 }, false},
		"place":         {func(_, _, _, at *uint64) { *at = 1 << 62 }, false},
		"place inside":  {func(_, _, _, at *uint64) { *at = 4 }, false},
	} {
		plain := makeZip(member{name: "a.pdf", content: "x"})
		end := len(plain) - 22
		size, offset := uint64(binary.LittleEndian.Uint32(plain[end+12:])), uint64(binary.LittleEndian.Uint32(plain[end+16:]))
		records, at := uint64(1), uint64(end)
		tt.change(&records, &size, &offset, &at)
		b := append(slices.Clone(plain[:end]), zip64End(records, size, offset, at)...)
		b = append(b, end32{records: 1<<16 - 1, size: 1<<32 - 1, offset: 1<<32 - 1}.bytes()...)
		_, err := open(b, unpack.DefaultLimits())
		if e := extract.AsError(err); tt.ok != (err == nil) || !tt.ok && (e == nil || e.Code != extract.CodeDamaged && e.Code != extract.CodeLimit) {
			t.Errorf("%s: %v", name, err)
		}
		// A record that contradicts the old one is refused, whichever is true.
		b = append(slices.Clone(plain[:end]), zip64End(1, size, offset, uint64(end))...)
		b = append(b, end32{records: 2, size: 1<<32 - 1, offset: 1<<32 - 1}.bytes()...)
		if _, err := open(b, unpack.DefaultLimits()); extract.AsError(err) == nil {
			t.Errorf("%s: contradiction: %v", name, err)
		}
	}
}

func TestArchivesRefused(t *testing.T) {
	a, b := member{name: "a.pdf", content: "x"}, member{name: "b.pdf", content: "y"}
	whole := makeZip(a, b)
	for name, tt := range map[string]struct {
		content []byte
		code    extract.Code
		says    string
	}{
		"empty":             {nil, extract.CodeDamaged, "末尾的目录缺失"},
		"no end":            {whole[:len(whole)-1], extract.CodeDamaged, "末尾的目录缺失"},
		"text":              {[]byte(strings.Repeat("text", 100)), extract.CodeDamaged, "末尾的目录缺失"},
		"more claimed":      {makeZipWith(trailer{records: ptr(uint16(3))}, a, b), extract.CodeDamaged, "放不下"},
		"less claimed":      {makeZipWith(trailer{records: ptr(uint16(1))}, a, b), extract.CodeDamaged, "却有更多"},
		"65,536 too few":    {makeZipWith(trailer{records: ptr(uint16(0))}, a, b), extract.CodeDamaged, "却有更多"},
		"directory far":     {makeZipWith(trailer{offset: ptr(uint32(1 << 31))}, a), extract.CodeDamaged, "超出文件"},
		"directory nowhere": {makeZipWith(trailer{offset: ptr(uint32(0))}, a), extract.CodeDamaged, "第 1 个条目"},
		"negative base":     {makeZipWith(trailer{size: ptr(uint32(200))}, a), extract.CodeDamaged, "超出文件"},
		"volume":            {makeZipWith(trailer{disk: 2}, a), extract.CodeUnsupported, "分卷"},
	} {
		_, err := open(tt.content, unpack.DefaultLimits())
		if e := extract.AsError(err); e == nil || e.Code != tt.code || !strings.Contains(e.Detail, tt.says) {
			t.Errorf("%s: got %v, want %s … %s", name, err, tt.code, tt.says)
		}
	}
	// What a transfer added, a comment, and one that looks like an end record.
	for name, content := range map[string][]byte{
		"garbage":      append(slices.Clone(whole), "\r\n"...),
		"comment":      makeZipWith(trailer{comment: "注释"}, a, b),
		"long comment": makeZipWith(trailer{comment: strings.Repeat("x", 65535)}, a, b),
		"mark":         makeZipWith(trailer{comment: "PK\x05\x06"}, a, b),
	} {
		if d := cmp.Diff([]string{"a.pdf=x", "b.pdf=y"}, outcomes(mustOpen(t, content))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Each limit holds exactly: at the limit all is read, one above it is named.
func TestLimits(t *testing.T) {
	files := make([]member, 5)
	for i := range files {
		files[i] = member{name: string(rune('a' + i)), content: strings.Repeat("x", 1000)}
	}
	b := makeZip(files...)
	directory := int64(binary.LittleEndian.Uint32(b[len(b)-22+12:]))
	compressed := int64(len(deflated(files[0].content)))
	for name, set := range map[string]func(l *unpack.Limits, over int64) int64{
		"zip_entries":         func(l *unpack.Limits, over int64) int64 { l.Entries = int(5 - over); return int64(l.Entries) },
		"zip_directory_bytes": func(l *unpack.Limits, over int64) int64 { l.DirectoryBytes = directory - over; return l.DirectoryBytes },
		"zip_total_bytes":     func(l *unpack.Limits, over int64) int64 { l.TotalBytes = 5000 - over; return l.TotalBytes },
		"zip_file_bytes":      func(l *unpack.Limits, over int64) int64 { l.FileBytes = 1000 - over; return l.FileBytes },
		"zip_ratio": func(l *unpack.Limits, over int64) int64 {
			l.RatioFloor, l.Ratio = 999, 1000/compressed+1-over
			return l.Ratio
		},
	} {
		lim := unpack.DefaultLimits()
		set(&lim, 0)
		a, err := open(b, lim)
		if err != nil {
			t.Errorf("%s, at the limit: %v", name, err)
			continue
		}
		for f := range a.Files() {
			if _, err := contentOf(f); err != nil {
				t.Errorf("%s, at the limit: %v", name, err)
			}
		}
		want := extract.OverLimit(name, set(&lim, 1), "").Limit
		if a, err = open(b, lim); err == nil {
			for f := range a.Files() {
				_, err = contentOf(f)
			}
		}
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeLimit || e.Limit != want {
			t.Errorf("%s, above: got %v, want %s", name, err, want)
		}
	}
	lim := unpack.DefaultLimits()
	lim.RatioFloor, lim.Ratio = 1000, 1
	a, err := open(b, lim)
	if err != nil {
		t.Fatal(err)
	}
	if got := outcomes(a); !strings.HasPrefix(got[0], "a=x") {
		t.Errorf("a file at the floor of the ratio: %v", got)
	}
}

func TestReaderErrorsAreNoDamage(t *testing.T) {
	b := makeZip(member{name: "a.pdf", content: strings.Repeat("x", 10_000), store: true})
	for from := range int64(len(b)) {
		a, err := unpack.Open(&failing{r: bytes.NewReader(b), from: from}, int64(len(b)), unpack.DefaultLimits())
		if err == nil {
			for f := range a.Files() {
				_, err = contentOf(f)
			}
		}
		if !errors.Is(err, errDisk) || extract.AsError(err) != nil {
			t.Fatalf("failing from %d: %v", from, err)
		}
	}
}

func office(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, "x")
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Is and the sniffing of single files agree on what an archive is.
func TestIs(t *testing.T) {
	reports := office(t, "word/年报.docx", "b.pdf")
	for name, tt := range map[string]struct {
		content []byte
		want    bool
	}{
		"reports":         {reports, true},
		"no files":        {office(t), true},
		"gbk":             {makeZip(member{name: gbk("云溪县.pdf"), content: "x"}), true},
		"over a limit":    {makeZip(slices.Repeat([]member{{name: "a", content: "x", store: true}}, 20_001)...), true},
		"docx":            {office(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml"), false},
		"docx, backslash": {office(t, `word\document.xml`), false},
		"docx, parts":     {office(t, "Word/Document.xml"), false},
		"xlsx":            {office(t, "xl/workbook.xml"), false},
		"odt":             {office(t, "mimetype", "content.xml"), false},
		"ofd":             {office(t, "OFD.xml", "Doc_0/Document.xml"), false},
		"cut":             {reports[:len(reports)-5], false},
		"pdf":             {[]byte("%PDF-1.7\n%%EOF ...................."), false},
		"program":         {append([]byte("MZ"), reports...), false},
		"empty":           {nil, false},
	} {
		r := bytes.NewReader(tt.content)
		if got := unpack.Is(r, r.Size()); got != tt.want {
			t.Errorf("%s: Is %t, want %t", name, got, tt.want)
		}
		if !tt.want {
			continue
		}
		_, err := reader.Sniff(r, r.Size())
		if e := extract.AsError(err); e == nil || e.Code != extract.CodeUnsupported || !strings.Contains(e.Detail, "zip 压缩包") {
			t.Errorf("%s: Sniff says %v", name, err)
		}
	}
}
