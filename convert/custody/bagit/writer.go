package bagit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Version is the version of BagIt that is written.
const Version = "1.0"

const (
	declaration = "BagIt-Version: " + Version + "\nTag-File-Character-Encoding: UTF-8\n"
	payload     = "data/"
	algorithm   = "sha256"
)

// Info is what bag-info.txt says (RFC 8493, 2.2.2). Empty fields are left out.
type Info struct {
	SourceOrganization  string
	ContactName         string
	ExternalDescription string
	ExternalIdentifier  string
	SoftwareAgent       string
	BaggingDate         time.Time
	// Other has further lines, label and value.
	Other [][2]string
}

// Writer writes a bag. It belongs to one goroutine.
type Writer struct {
	sink  Sink
	info  Info
	sums  []sum // of the payload, in order of writing
	names map[string]struct{}
	bytes int64
	done  bool
}

// sum is a file's digest in hex.
type sum struct{ name, digest string }

// NewWriter begins a bag in the sink.
func NewWriter(sink Sink, info Info) *Writer {
	return &Writer{sink: sink, info: info, names: map[string]struct{}{}}
}

// Add adds a file to the payload. name is a path below data/ with "/" between the
// elements; it is normalised to NFC. size is the number of bytes that r gives.
func (w *Writer) Add(name string, size int64, r io.Reader) error {
	name = norm.NFC.String(payload + name)
	if err := checkName(name); err != nil {
		return err
	}
	key := strings.ToLower(name) // some systems know no case
	if _, ok := w.names[key]; ok {
		return fmt.Errorf("bagit: %q is there already", name)
	}
	w.names[key] = struct{}{}
	digest, err := w.put(name, size, r)
	if err != nil {
		return err
	}
	w.sums = append(w.sums, sum{name, digest})
	w.bytes += size
	return nil
}

// put writes a file and returns its digest.
func (w *Writer) put(name string, size int64, r io.Reader) (digest string, err error) {
	h := sha256.New()
	if err := w.sink.Put(name, size, io.TeeReader(r, h)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Close writes the manifests and the tag files and closes the sink. A bag whose
// Close failed, or was not called, is none.
func (w *Writer) Close() error {
	if w.done {
		return nil
	}
	w.done = true
	var tags []sum
	for _, f := range []struct{ name, content string }{
		{"bagit.txt", declaration},
		{"bag-info.txt", w.describe()},
		{"manifest-" + algorithm + ".txt", manifest(w.sums)},
	} {
		digest, err := w.put(f.name, int64(len(f.content)), strings.NewReader(f.content))
		if err != nil {
			return err
		}
		tags = append(tags, sum{f.name, digest})
	}
	content := manifest(tags)
	if _, err := w.put("tagmanifest-"+algorithm+".txt", int64(len(content)), strings.NewReader(content)); err != nil {
		return err
	}
	if err := w.sink.Close(); err != nil {
		return fmt.Errorf("bagit: %w", err)
	}
	return nil
}

// Files is the number of files of the payload so far, Bytes their size.
func (w *Writer) Files() int { return len(w.sums) }

// Bytes is the size of the payload so far.
func (w *Writer) Bytes() int64 { return w.bytes }

func manifest(sums []sum) string {
	slices.SortFunc(sums, func(a, b sum) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for _, s := range sums {
		b.WriteString(s.digest + "  " + encode(s.name) + "\n")
	}
	return b.String()
}

func (w *Writer) describe() string {
	var b bytes.Buffer
	line := func(label, value string) {
		if value != "" { // one line: folding is optional
			fmt.Fprintf(&b, "%s: %s\n", label, strings.Join(strings.Fields(value), " "))
		}
	}
	line("Source-Organization", w.info.SourceOrganization)
	line("Contact-Name", w.info.ContactName)
	line("External-Description", w.info.ExternalDescription)
	if !w.info.BaggingDate.IsZero() {
		line("Bagging-Date", w.info.BaggingDate.Format(time.DateOnly))
	}
	line("External-Identifier", w.info.ExternalIdentifier)
	line("Payload-Oxum", fmt.Sprintf("%d.%d", w.bytes, len(w.sums)))
	line("Bag-Software-Agent", w.info.SoftwareAgent)
	for _, o := range w.info.Other {
		line(o[0], o[1])
	}
	return b.String()
}

// encode is a name as manifests have it.
func encode(name string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(name)
}

// decode is the inverse of encode.
func decode(name string) string {
	return strings.NewReplacer("%25", "%", "%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n").Replace(name)
}

// checkName accepts relative paths that stay where they are.
func checkName(name string) error {
	if name == "" || path.IsAbs(name) || path.Clean(name) != name || name == ".." || strings.HasPrefix(name, "../") ||
		strings.ContainsAny(name, "\\\x00") || strings.HasPrefix(name, "~") {
		return fmt.Errorf("bagit: %q is no name for a file", name)
	}
	return nil
}
