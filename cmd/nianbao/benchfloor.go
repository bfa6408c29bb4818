package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"time"

	"nianbao/extract"
	"nianbao/extract/docx"
	"nianbao/extract/pdf"
)

// benchFloor is the time that a part of what reading takes needs for all files,
// within this process and with the files in memory.
type benchFloor struct {
	name  string
	least bool // what conversions are compared with
	cost  processCost
}

// floors measures them.
func (b *bench) floors(k benchKind) ([]benchFloor, error) {
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
	return b.wordFloors(files)
}

func (b *bench) wordFloors(files []*bytes.Reader) (out []benchFloor, err error) {
	for _, f := range []struct {
		name  string
		lexer docx.Lexer
	}{{"只解压各部件", docx.NoLexer}, {"解压并切分（gosax）", docx.OwnLexer}, {"解压并切分（encoding/xml）", docx.StandardLexer}} {
		cost, err := b.passes(len(files), func(i int) error {
			_, err := docx.ReadFloor(files[i], files[i].Size(), f.lexer)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s：%w", f.name, err)
		}
		out = append(out, benchFloor{f.name, f.lexer == docx.OwnLexer, cost})
	}
	return out, nil
}

func (b *bench) pdfFloors(files []*bytes.Reader) ([]benchFloor, error) {
	lim := extract.DefaultLimits()
	lim.DecompressedBytes = 1 << 40 // of all passes
	opened := make([]*pdf.Document, len(files))
	open, err := b.passes(len(files), func(i int) (err error) {
		opened[i], err = pdf.Open(files[i], files[i].Size(), lim)
		return err
	})
	if err != nil {
		return nil, err
	}
	content := func(lexer pdf.Lexer) processCost {
		c, _ := b.passes(len(files), func(i int) error { opened[i].Floor(lexer); return nil })
		return c
	}
	return []benchFloor{
		{"只打开文件，读页面树", false, open},
		{"只解压内容流", false, content(pdf.NoLexer)},
		{"解压并切分内容流（本程序）", true, content(pdf.OwnLexer)},
		{"解压并切分内容流（ledongthuc/pdf）", false, content(pdf.LibraryLexer)},
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
