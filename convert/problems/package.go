package problems

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"nianbao/convert/overview"
)

// Package writes all that goes out as one archive (.zip), bodies in the order of the
// list: 00-汇总.xlsx for the office, and of each body a letter (.docx) and, where it has
// problems, the list to be filled in (.xlsx). It is written as it is made; one body is
// held at a time.
func (p *Page) Package(ctx context.Context, out io.Writer, o *Office, place *time.Location) error {
	z := zip.NewWriter(out)
	var summary bytes.Buffer
	err := p.sheets(&summary, o, place, func(s *sheets) error {
		return p.fill(ctx, s, func(b *Body, n int) error { return p.addBody(z, b, n, o) })
	})
	if err != nil {
		return err
	}
	err = put(z, o.day(), "00-汇总.xlsx", summary.Bytes())
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	return nil
}

func (p *Page) addBody(z *zip.Writer, b *Body, n int, o *Office) error {
	name := fmt.Sprintf("%02d-%s", n, fileName(b.Body.Name))
	letter, err := p.Letter(b, o)
	if err == nil {
		err = put(z, o.day(), name+".docx", letter)
	}
	if err != nil || len(b.Problems) == 0 || b.State == overview.Failed {
		return err
	}
	var list bytes.Buffer
	if err := p.BodyWorkbook(&list, b, o); err != nil {
		return err
	}
	return put(z, o.day(), name+".xlsx", list.Bytes())
}

// put stores a file: .docx and .xlsx are compressed already.
func put(z *zip.Writer, day time.Time, name string, content []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: day})
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// day is the letters' date as files have times.
func (o *Office) day() time.Time {
	return time.Date(o.Date.Year, time.Month(o.Date.Month), o.Date.Day, 0, 0, 0, 0, time.UTC)
}

// maxName is how long the name of a body is in the name of a file, in bytes.
const maxName = 120

// fileName is a text as a part of a file's name on any system.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
	for len(s) > maxName {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.Trim(s, ". ")
}
