package main

import (
	"bytes"
	"os"
	"runtime"
	"time"

	"nianbao/extract"
	"nianbao/extract/docx"
	"nianbao/extract/pdf"
)

// floors are the times that a part of what reading takes needs for all files,
// within this process and with the files in memory.
func (b *bench) floors(k benchKind) ([]*benchRow, error) {
	files := make([]*bytes.Reader, len(k.files))
	for i, name := range k.files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[i] = bytes.NewReader(data)
	}
	if k.format == extract.FormatPDF {
		return b.pdfFloors(files)
	}
	return b.wordFloors(files), nil
}

func (b *bench) floor(name string, least bool, files int, do func(i int) error) *benchRow {
	return &benchRow{name: "下限：" + name, least: least, measure: func(int) (processCost, error) {
		c, err := b.passes(files, do)
		return c.per(files), err
	}}
}

func (b *bench) wordFloors(files []*bytes.Reader) (out []*benchRow) {
	for _, f := range []struct {
		name  string
		lexer docx.Lexer
	}{{"只解压各部件", docx.NoLexer}, {"解压并切分（gosax）", docx.OwnLexer}, {"解压并切分（encoding/xml）", docx.StandardLexer}} {
		out = append(out, b.floor(f.name, f.lexer == docx.OwnLexer, len(files), func(i int) error {
			_, err := docx.ReadFloor(files[i], files[i].Size(), f.lexer)
			return err
		}))
	}
	return out
}

func (b *bench) pdfFloors(files []*bytes.Reader) ([]*benchRow, error) {
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 40 // of all passes
	opened := make([]*pdf.Document, len(files))
	open := func(i int) (err error) {
		opened[i], err = pdf.Open(files[i], files[i].Size(), lim)
		return err
	}
	for i := range files { // the other floors need them open
		if err := open(i); err != nil {
			return nil, err
		}
	}
	content := func(lexer pdf.Lexer) func(i int) error {
		return func(i int) error { opened[i].Floor(lexer); return nil }
	}
	return []*benchRow{
		b.floor("只打开文件，读页面树", false, len(files), open),
		b.floor("只解压内容流", false, len(files), content(pdf.NoLexer)),
		b.floor("解压并切分内容流（本程序）", true, len(files), content(pdf.OwnLexer)),
		b.floor("解压并切分内容流（ledongthuc/pdf）", false, len(files), content(pdf.LibraryLexer)),
	}, nil
}

// passes has something done with all files, so many times that it takes long
// enough — files are small, and so are the steps of the system's clock — and
// gives what one time takes.
func (b *bench) passes(files int, do func(i int) error) (processCost, error) {
	pass := func() error {
		for i := range files {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	if err := pass(); err != nil { // fills caches and pools
		return processCost{}, err
	}
	runtime.GC()
	begun, cpu := time.Now(), processorTime()
	for n := 1; ; n++ {
		if err := pass(); err != nil {
			return processCost{}, err
		}
		if used := processorTime() - cpu; used >= b.opt.floorTime {
			return processCost{cpu: used / time.Duration(n), wall: time.Since(begun) / time.Duration(n)}, nil
		}
	}
}
