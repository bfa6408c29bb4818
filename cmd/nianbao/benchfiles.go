package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"nianbao/convert/fixture"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// benchKind is files of one kind.
type benchKind struct {
	name   string
	format extract.Format
	files  []string
}

func (k benchKind) bytes() (n int64) {
	for _, f := range k.files {
		if info, err := os.Stat(f); err == nil {
			n += info.Size()
		}
	}
	return n
}

// some are n of the files, spread evenly; all where n is 0.
func (k benchKind) some(n int) []string {
	if n <= 0 || n >= len(k.files) {
		return k.files
	}
	out := make([]string, n)
	for i := range out {
		out[i] = k.files[i*len(k.files)/n]
	}
	return out
}

// kinds are the given files by kind, or made ones.
func (b *bench) kinds(ctx context.Context, paths []string) ([]benchKind, error) {
	if len(paths) == 0 {
		return b.made(ctx)
	}
	inputs, _, err := findInputs(paths)
	if err != nil {
		return nil, err
	}
	kinds := []benchKind{
		{name: "Word", format: extract.FormatDOCX}, {name: pdfOffice, format: extract.FormatPDF}, {name: pdfBrowser, format: extract.FormatPDF},
		{name: pdfWord, format: extract.FormatPDF}, {name: pdfOther, format: extract.FormatPDF},
	}
	other := 0
	for _, in := range inputs {
		if i := kindOf(in.path, kinds); i >= 0 {
			kinds[i].files = append(kinds[i].files, in.path)
		} else {
			other++
		}
	}
	if other > 0 {
		b.printf("\n%d 个文件是别的格式，不测。\n", other)
	}
	var out []benchKind
	for _, k := range kinds {
		if len(k.files) > 0 {
			out = append(out, k)
		}
	}
	return out, nil
}

// Kinds of PDF files, by who wrote them.
const (
	pdfOffice  = "PDF（LibreOffice）"
	pdfBrowser = "PDF（浏览器）"
	pdfWord    = "PDF（Word）"
	pdfOther   = "PDF（其他）"
)

// kindOf is the index of a file's kind, -1 where it has none.
func kindOf(path string, kinds []benchKind) int {
	b, err := os.ReadFile(path)
	if err != nil {
		return -1
	}
	format, err := reader.Sniff(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return -1
	}
	name := pdfOther
	for _, p := range [3][2]string{{"Skia/PDF", pdfBrowser}, {"LibreOffice", pdfOffice}, {"Microsoft", pdfWord}} {
		// A text string in UTF-16 is often written in hexadecimal.
		wide := ""
		for _, r := range p[0] {
			wide += fmt.Sprintf("%04X", r)
		}
		if bytes.Contains(b, []byte(p[0])) || bytes.Contains(b, []byte(wide)) {
			name = p[1]
			break
		}
	}
	for i, k := range kinds {
		if k.format == format && (format != extract.FormatPDF || k.name == name) {
			return i
		}
	}
	return -1
}

// made writes typical reports of each kind: Word, PDF as we write it, PDF as
// browsers do, and where LibreOffice is there PDF as that does.
func (b *bench) made(ctx context.Context) ([]benchKind, error) {
	word := benchKind{name: "Word（自行生成）", format: extract.FormatDOCX}
	plain := benchKind{name: "PDF（自行生成）", format: extract.FormatPDF}
	browser := benchKind{name: "PDF（自行生成，浏览器的写法）", format: extract.FormatPDF}
	style := fixture.DefaultStyle()
	style.Browser = true
	for i := range b.opt.files {
		r := fixture.New(uint64(i)+1, []string{"2021", "2019"}[i%2])
		docx, err := r.DOCX()
		if err != nil {
			return nil, err
		}
		for _, f := range []struct {
			kind *benchKind
			name string
			body []byte
		}{{&word, "w%03d.docx", docx}, {&plain, "p%03d.pdf", r.PDF(fixture.DefaultStyle())}, {&browser, "b%03d.pdf", r.PDF(style)}} {
			path := filepath.Join(b.dir, fmt.Sprintf(f.name, i))
			if err := os.WriteFile(path, f.body, 0o600); err != nil {
				return nil, err
			}
			f.kind.files = append(f.kind.files, path)
		}
	}
	kinds := []benchKind{word, plain, browser}
	if !b.opt.peers {
		return kinds, nil
	}
	if office := b.madeByOffice(ctx, word); len(office.files) > 0 {
		return append(kinds, office), nil
	}
	b.printf("\nLibreOffice 没有安装，不测它写的 PDF。\n")
	return kinds, nil
}

// madeByOffice has LibreOffice print some of the Word files.
func (b *bench) madeByOffice(ctx context.Context, word benchKind) benchKind {
	const most = 20 // it takes half a second for each
	k := benchKind{name: pdfOffice, format: extract.FormatPDF}
	program, err := exec.LookPath("soffice")
	if err != nil {
		return k
	}
	if _, err := measureProcess(ctx, append([]string{program}, b.office("pdf", word.some(most)...)...)); err != nil {
		return k
	}
	k.files, _ = filepath.Glob(filepath.Join(b.dir, "converted", "*.pdf"))
	return k
}
