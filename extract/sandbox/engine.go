package sandbox

import (
	"bytes"
	"context"
	"errors"
	"io"

	"nianbao/extract"
	"nianbao/extract/pdfium"
	"nianbao/extract/reader"
)

// engineMemoryPages caps a file's memory in the second engine at 128 MiB: while
// it grows it takes twice as much, and the first engine's share comes on top.
const engineMemoryPages = 2048

// engine is the second PDF engine as a child has it: started for the first file
// that wants it, and kept.
type engine struct {
	settings *engineSettings // nil where it is not prepared
	reading  *pdfium.Engine  // with blank glyphs
	drawing  *pdfium.Engine
	lacking  bool // it was wanted and not prepared
}

// errUnprepared is Open's error without settings. The parent then prepares the
// engine and has the file read once more.
var errUnprepared = errors.New("sandbox: the second engine is not prepared")

// Open implements reader.SecondEngine.
func (e *engine) Open(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (reader.SecondFile, error) {
	d, err := e.open(ctx, &e.reading, r, size, lim)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// open opens a file in the engine for reading or the one for drawing, and starts that where need be.
func (e *engine) open(ctx context.Context, in **pdfium.Engine, r io.ReaderAt, size int64, lim extract.Limits) (*pdfium.Document, error) {
	if e.settings == nil {
		e.lacking = true
		return nil, errUnprepared
	}
	if *in == nil {
		cfg := e.settings.config()
		cfg.BlankGlyphs = in == &e.reading
		var err error
		if *in, err = pdfium.New(context.Background(), cfg); err != nil {
			return nil, err
		}
	}
	return (*in).OpenContext(ctx, r, size, lim)
}

// config is how the engine runs. Interruptible, so that a file that spins in it
// costs this engine and not the child, with what the first engine read.
func (s *engineSettings) config() pdfium.Config {
	return pdfium.Config{CacheDir: s.CacheDir, Fonts: s.Fonts, MemoryPages: engineMemoryPages, Interruptible: true}
}

// draw draws a page as PNG. What spins is ended by the parent.
func (e *engine) draw(r io.ReaderAt, size int64, lim extract.Limits, d drawing) ([]byte, error) {
	format, err := reader.Sniff(r, size)
	if err != nil {
		return nil, err
	}
	if format != extract.FormatPDF {
		return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: "只有 PDF 有固定的页面，可以绘制；这个文件不是 PDF。"}
	}
	file, err := e.open(context.Background(), &e.drawing, r, size, lim)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	var png bytes.Buffer
	if d.Width > 0 {
		err = file.RenderWidth(d.Page, d.Width, &png)
	} else {
		err = file.RenderPNG(d.Page, d.DPI, &png)
	}
	return png.Bytes(), err
}
