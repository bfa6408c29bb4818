package docx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/orisano/gosax"
)

// Lexer is how Floor cuts parts into tokens.
type Lexer int

// The ways to do it: not at all; with the lexer that this package reads with;
// with the standard library's.
const (
	NoLexer Lexer = iota
	OwnLexer
	StandardLexer
)

// Floor is the content of a package as such: what no reader of it can do without.
// Measurements compare whole conversions with the time it takes.
type Floor struct {
	Bytes  int64 // of all parts, inflated
	Tokens int64 // of the XML among them
}

// ReadFloor inflates all parts of a package and cuts the XML among them into
// tokens; nothing else is done with them, and no limit is kept: it is for files
// that one trusts.
func ReadFloor(in io.ReaderAt, size int64, lexer Lexer) (sum Floor, err error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return sum, err
	}
	sax := gosax.NewReaderSize(nil, lexerBuffer)
	for _, f := range z.File {
		if err := sum.part(f, lexer, sax); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (s *Floor) part(f *zip.File, lexer Lexer, sax *gosax.Reader) error {
	body, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }() // only read
	s.Bytes += int64(f.UncompressedSize64)
	if ext := strings.ToLower(path.Ext(f.Name)); ext != ".xml" && ext != ".rels" {
		lexer = NoLexer
	}
	switch lexer {
	case OwnLexer:
		for sax.Reset(body); ; s.Tokens++ {
			switch e, err := sax.Event(); {
			case err != nil:
				return err
			case e.Type() == gosax.EventEOF:
				return nil
			}
		}
	case StandardLexer:
		for d := xml.NewDecoder(body); ; s.Tokens++ {
			if _, err := d.RawToken(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
	_, err = io.Copy(io.Discard, body) //nolint:gosec // of a trusted file
	return err
}
