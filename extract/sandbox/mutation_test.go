//go:build linux && !race

package sandbox

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"nianbao/extract"
)

const (
	// mutationsVar asks for another number of mutations of each file.
	mutationsVar = "NIANBAO_MUTATIONS"
	// mutateDirVar names a folder whose files are mutated too.
	mutateDirVar = "NIANBAO_MUTATE_DIR"
)

// TestMutations reads damaged copies of ordinary files; each ends in a result or
// a typed error, and the pool lives on. The copies depend on their number only,
// so that a failure can be repeated.
func TestMutations(t *testing.T) {
	count := 75
	if s := os.Getenv(mutationsVar); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%s: %v", mutationsVar, err)
		}
		count = n
	}
	p := realPool(t)
	docx := reportDocx(t)
	sources := map[string]func(*rand.Rand) []byte{
		"docx-bytes.docx":  func(r *rand.Rand) []byte { return mutate(r, docx) },
		"docx-parts.docx":  func(r *rand.Rand) []byte { return mutatePart(t, r, docx) },
		"pdf-flate.pdf":    func(r *rand.Rand) []byte { return mutate(r, reportPDF(flateStream).bytes()) },
		"pdf-plain.pdf":    func(r *rand.Rand) []byte { return mutate(r, reportPDF(plainStream).bytes()) },
		"pdf-compact.pdf":  func(r *rand.Rand) []byte { return mutate(r, reportPDF(flateStream).compact()) },
		"pdf-objects.pdf":  func(r *rand.Rand) []byte { return mutateObject(r, reportPDF(plainStream)).bytes() },
		"pdf-objects2.pdf": func(r *rand.Rand) []byte { return mutateObject(r, reportPDF(plainStream)).compact() },
	}
	for name, content := range givenFiles(t) {
		sources[name] = func(r *rand.Rand) []byte { return mutate(r, content) }
	}
	for name, make := range sources {
		outcomes := map[string]int{}
		var slowest time.Duration
		for i := range count {
			content := make(rand.New(rand.NewPCG(uint64(i), 2024)))
			start := time.Now()
			_, err := attempt(t, p, fmt.Sprintf("%d-%s", i, name), content)
			slowest = max(slowest, time.Since(start))
			outcomes[outcome(err)]++
		}
		t.Logf("%s: %v, slowest %v", name, outcomes, slowest.Round(time.Millisecond))
	}
	sound(t, p)
}

// givenFiles are the files of the folder that mutateDirVar names, if it is set.
func givenFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	dir := os.Getenv(mutateDirVar)
	if dir == "" {
		return files
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = content
	}
	return files
}

// outcome is a word for the count.
func outcome(err *extract.Error) string {
	if err == nil {
		return "read"
	}
	return string(err.Code) + " " + err.Limit
}

// mutate changes a copy of b in one to four places; half of the copies keep
// their length, so that offsets into the file stay right.
func mutate(r *rand.Rand, b []byte) []byte {
	tokens := []string{"2147483647", "-1", "0", "[", "<<", ">>", "/", "9 0 R", "4 0 R", "<", "</w:p>", "stream\n", "endobj", "\x00\xff", "&#0;", "\"", "1e99"}
	b = bytes.Clone(b)
	kinds := 4 + 3*r.IntN(2)
	for range 1 + r.IntN(4) {
		if len(b) < 2 {
			return b
		}
		at := r.IntN(len(b))
		n := r.IntN(min(len(b)-at, 200) + 1)
		token := tokens[r.IntN(len(tokens))]
		switch r.IntN(kinds) {
		case 0:
			b[at] ^= 1 << r.IntN(8)
		case 1:
			b[at] = byte(r.IntN(256))
		case 2:
			copy(b[at:], token)
		case 3: // one place over another
			copy(b[at:at+n], b[r.IntN(len(b)):])
		case 4: // cut out
			b = append(b[:at:at], b[at+n:]...)
		case 5: // twice
			b = append(b[:at+n:at+n], b[at:]...)
		case 6:
			b = append(b[:at:at], append([]byte(token), b[at:]...)...)
		}
	}
	return b
}

// mutatePart changes one part of a package and packs it anew, so that the check
// sums are right and the change reaches the reader.
func mutatePart(tb testing.TB, r *rand.Rand, docx []byte) []byte {
	tb.Helper()
	old, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	chosen := r.IntN(2 * len(old.File)) // the main part, which is last, more often
	for i, f := range old.File {
		part, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			tb.Fatal(err)
		}
		if i == min(chosen, len(old.File)-1) {
			content = mutate(r, content)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// mutateObject changes objects before the table of offsets is written.
func mutateObject(r *rand.Rand, p *pdfFile) *pdfFile {
	for range 1 + r.IntN(2) {
		i := r.IntN(len(p.objects))
		p.objects[i] = string(mutate(r, []byte(p.objects[i])))
	}
	return p
}
