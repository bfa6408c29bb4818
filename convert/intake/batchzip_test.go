package intake_test

import (
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"nianbao/convert/intake"
	"nianbao/extract"
)

// unpack plays the opener of zips: after the mark, "name=content" divided by "|".
func unpack(r io.ReaderAt, size int64) (iter.Seq[intake.PackedFile], bool, error) {
	b := make([]byte, size)
	if _, err := r.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	list, ok := strings.CutPrefix(string(b), "PK\x03\x04")
	switch {
	case !ok || list == "none":
		return nil, false, nil
	case list == "bomb":
		return nil, true, extract.OverLimit("zip_files", 10, "文件过多")
	case list == "disk":
		return nil, true, errFault
	}
	return func(yield func(intake.PackedFile) bool) {
		if list == "empty" {
			return
		}
		for item := range strings.SplitSeq(list, "|") {
			name, content, _ := strings.Cut(item, "=")
			p := intake.PackedFile{Path: name, Open: func() (io.Reader, error) {
				switch content {
				case "fault":
					return nil, &extract.Error{Code: extract.CodeEncrypted}
				case "no":
					return nil, extract.Damaged("第 %d 项", 1)
				case "bomb":
					return io.MultiReader(strings.NewReader("pdf "), iotest.ErrReader(extract.OverLimit("zip_bytes", 10, "过大"))), nil
				case "disk":
					return io.MultiReader(strings.NewReader("pdf "), iotest.ErrReader(errFault)), nil
				}
				return strings.NewReader(content), nil
			}}
			if !yield(p) {
				return
			}
		}
	}, true, nil
}

func TestBatchZip(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *intake.Config) {
		c.Unpack, c.MaxUploadBytes, c.MaxZipBytes = unpack, 30, 200
		c.Sniff = func(r io.ReaderAt, size int64) (extract.Format, error) {
			head := make([]byte, min(size, 8))
			if _, err := r.ReadAt(head, 0); err == nil && string(head) == "PK\x03\x04docx" {
				return extract.FormatDOCX, nil // a document, which is a zip, too
			}
			return sniff(r, size)
		}
	})
	const zip = "PK\x03\x04"
	id := h.send(sent{"单.pdf", "pdf 单"},
		sent{"全县.zip", zip + "县/甲.pdf=pdf 甲|../乙.pdf=pdf 乙|丙.gif=gif89a|锁.pdf=fault|坏.pdf=no|大.pdf=bomb|长.pdf=pdf " + strings.Repeat("x", 27)},
		sent{"空.zip", zip + "none"}, sent{"无文件.zip", zip + "empty"}, sent{"弹.zip", zip + "bomb"}, sent{"过大.zip", zip + strings.Repeat("x", 200)},
		sent{"文.docx", zip + "docx"}, sent{"大文.docx", zip + "docx" + strings.Repeat("x", 30)}, sent{"无.txt", "x"})
	h.untilEnded(id)
	h.wantFiles(id, intake.BatchDone, "单.pdf done", "县/甲.pdf done", "../乙.pdf done", "丙.gif failed unsupported_format",
		"锁.pdf failed encrypted", "坏.pdf failed damaged", "大.pdf failed limit_exceeded", "长.pdf failed too_large",
		"空.zip failed unsupported_format", "无文件.zip failed unsupported_format", "弹.zip failed limit_exceeded", "过大.zip failed too_large",
		"文.docx done", "大文.docx failed too_large", "无.txt failed unsupported_format")
	if n := len(h.originals()); n != 4 {
		t.Errorf("%d originals: zips are not kept, their files are", n)
	}
	h.wantNothingStaged()
	// What goes wrong on our side is said to be ours.
	open := h.receive()
	r, err := h.Receive(t.Context(), open)
	if err != nil {
		t.Fatal(err)
	}
	var away *intake.UnavailableError
	for _, content := range []string{"disk", "a.pdf=pdf a|b.pdf=disk"} {
		if err := r.Add("x.zip", strings.NewReader(zip+content)); !errors.As(err, &away) || !errors.Is(err, errFault) {
			t.Errorf("%s: %v", content, err)
		}
	}
	if _, err := r.Close(); err != nil {
		t.Error(err)
	}
	h.wantFiles(open, intake.BatchReceiving, "a.pdf queued")
}
