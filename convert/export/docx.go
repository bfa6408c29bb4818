package export

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"nianbao/convert/report"
	"nianbao/convert/wordform"
)

// Errors of DOCX; their texts are for users.
var (
	ErrSeveral = errors.New("一个 Word 文件只装一份报告，这里不止一份，应打包成 zip")
	ErrNone    = errors.New("没有报告可以写成 Word 文件")
)

// DOCX writes the one report of a set as a Word file in the official form of its year.
// Errors: ErrSeveral, ErrNone, *wordform.NoPlaceError, an error that says why the file
// could not be converted.
func DOCX(w io.Writer, s Set) error {
	var file []byte
	for e, err := range s.corrected() {
		switch {
		case err != nil:
			return err
		case file != nil:
			return ErrSeveral
		case e.Result == nil:
			return fmt.Errorf("%s：%s", e.source().Filename, e.reason())
		}
		if file, err = s.document(&e); err != nil {
			return err
		}
	}
	if file == nil {
		return ErrNone
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// notExported is the text in an archive that names what is not among its files.
const notExported = "没有导出的报告.txt"

// DOCXArchive writes a zip with each report as a Word file under its year and agency.
// What cannot be one is named in a text, with the reason. A file is in memory at a time,
// and the names of all.
func DOCXArchive(w io.Writer, s Set) error {
	a := archive{zip: zip.NewWriter(w), stems: map[string]int{}, taken: map[string]bool{}}
	for e, err := range s.corrected() {
		if err != nil {
			return err
		}
		if e.Result == nil {
			a.leave(&e, e.reason())
			continue
		}
		file, err := s.document(&e)
		var place *wordform.NoPlaceError
		if errors.As(err, &place) {
			a.leave(&e, place.Error())
			continue
		}
		if err == nil {
			err = a.add(a.name(&e), file, s.local(e.ReceivedAt))
		}
		if err != nil {
			return err
		}
	}
	if a.left.Len() > 0 {
		text := "\ufeff以下文件没有写成 Word 文件：\r\n\r\n" + a.left.String()
		if err := a.add(notExported, []byte(text), time.Time{}); err != nil {
			return err
		}
	}
	if err := a.zip.Close(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// local is a time in the set's time zone: a zip has none.
func (s *Set) local(at time.Time) time.Time {
	if s.Location == nil || at.IsZero() {
		return at
	}
	return at.In(s.Location)
}

// document is an entry's report as a Word file.
func (s *Set) document(e *Entry) ([]byte, error) {
	own := s.form(e)
	c := &wordform.Content{Report: &e.Result.Report, Form: own, Figure: func(path string) string { return e.printed(path, "") }}
	if own != nil {
		units := map[string]string{}
		for _, cell := range own.Cells() {
			units[cell.Path] = cell.Unit
		}
		c.Figure = func(path string) string { return e.printed(path, units[path]) }
	}
	t := s.Templates[e.Result.Report.Form]
	if t == nil {
		t = s.Templates[""]
	}
	if t == nil {
		return wordform.Write(c)
	}
	return t.Fill(c)
}

// printed is what stands in a cell as a report prints it: the unit of an amount behind
// it, where it is not the form's.
func (e *Entry) printed(path, unit string) string {
	v := e.Cell(path)
	if n, ok := v.(report.Number); ok {
		if u := e.Result.Provenance[path].Unit; u != nil && *u != unit {
			return string(n) + *u
		}
	}
	return plain(v)
}

// archive is a zip that is being written.
type archive struct {
	zip   *zip.Writer
	stems map[string]int  // how many files would have the name, in small letters
	taken map[string]bool // names given, in small letters, without their ending
	left  strings.Builder
}

// leave notes an entry that has no file.
func (a *archive) leave(e *Entry, reason string) {
	oneLine := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	fmt.Fprintf(&a.left, "%s：%s\r\n", oneLine(e.source().Filename), oneLine(reason))
}

// add writes a file.
func (a *archive) add(name string, file []byte, at time.Time) error {
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// name is the name of an entry's file: 2023-某局.docx, and 2023-某局 (2).docx where
// there is one already, on systems too that do not tell small letters from capitals.
func (a *archive) name(e *Entry) string {
	stem := fileName(e)
	for {
		name := stem
		a.stems[strings.ToLower(stem)]++
		if n := a.stems[strings.ToLower(stem)]; n > 1 {
			name += " (" + strconv.Itoa(n) + ")"
		}
		if key := strings.ToLower(name); !a.taken[key] {
			a.taken[key] = true
			return name + ".docx"
		}
	}
}

// maxName is how long the name of a file may be, in characters: at three bytes each it
// keeps below the 255 of file systems.
const maxName = 70

// fileName is the year and the agency, or else the name of the file that was read.
func fileName(e *Entry) string {
	r := &e.Result.Report
	name := ""
	if r.Year != nil {
		name = strconv.Itoa(*r.Year) + "-"
	}
	agency := ""
	if r.Agency != nil {
		agency = safe(*r.Agency)
	}
	if agency == "" {
		base := e.source().Filename
		agency = safe(strings.TrimSuffix(base, filepath.Ext(base)))
	}
	if agency == "" {
		agency = "报告"
	}
	return name + agency
}

// safe drops what no name of a file may have on some system.
func safe(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7F || r == utf8.RuneError || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(strings.Join(strings.Fields(s), " "), ". ")
	if runes := []rune(s); len(runes) > maxName {
		s = strings.TrimRight(string(runes[:maxName]), ". ")
	}
	return s
}
