package bagit_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"nianbao/convert/custody/bagit"
)

var made = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// payload is a bag's content; names have what manifests encode and NFC changes.
var payload = map[string]string{
	"云溪县政府信息公开工作年度报告_abc/original.pdf":            "%PDF",
	"云溪县政府信息公开工作年度报告_abc/events/received.json":    `{"event":"received"}`,
	"100% cafe\u0301/original.docx":               "PK",
	"100% cafe\u0301/results/v1~2021~1.json":      strings.Repeat("x", 100_000),
	"empty":                                       "",
	strings.Repeat("很长的目录/", 20) + "original.pdf": "long",
}

// write writes a bag.
func write(t *testing.T, sink bagit.Sink) {
	t.Helper()
	w := bagit.NewWriter(sink, bagit.Info{SourceOrganization: "云溪县人民政府\n办公室", SoftwareAgent: "nianbao test",
		ExternalIdentifier: "2026-1", BaggingDate: made, Other: [][2]string{{"Report-Count", "2"}}})
	for name, content := range payload {
		if err := w.Add(name, int64(len(content)), strings.NewReader(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// forms writes the bag in each form, into a directory.
func forms(t *testing.T) map[string]string {
	t.Helper()
	dir := t.TempDir()
	bags := map[string]string{"directory": filepath.Join(dir, "bag"), "zip": filepath.Join(dir, "bag.zip"), "tar": filepath.Join(dir, "bag.tar")}
	sink, err := bagit.Directory(bags["directory"])
	if err != nil {
		t.Fatal(err)
	}
	write(t, sink)
	for form, open := range map[string]func(io.Writer, string, time.Time) bagit.Sink{"zip": bagit.Zip, "tar": bagit.Tar} {
		var b bytes.Buffer
		write(t, open(&b, "bag", made))
		if err := os.WriteFile(bags[form], b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return bags
}

func TestRoundTrip(t *testing.T) {
	for form, name := range forms(t) {
		r, err := bagit.Check(t.Context(), name)
		if err != nil || !r.Valid() || r.Files != int64(len(payload)) || r.Version != "1.0" {
			t.Errorf("%s: %+v, %v", form, r, err)
		}
	}
}

// TestText looks at what RFC 8493 prescribes.
func TestText(t *testing.T) {
	root := forms(t)["directory"]
	read := func(name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if got := read("bagit.txt"); got != "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n" {
		t.Errorf("bagit.txt is %q", got)
	}
	size := 0
	for _, c := range payload {
		size += len(c)
	}
	want := fmt.Sprintf("Source-Organization: 云溪县人民政府 办公室\nBagging-Date: 2026-03-01\nExternal-Identifier: 2026-1\n"+
		"Payload-Oxum: %d.%d\nBag-Software-Agent: nianbao test\nReport-Count: 2\n", size, len(payload))
	if got := read("bag-info.txt"); got != want {
		t.Errorf("bag-info.txt is %q, want %q", got, want)
	}
	manifest := read("manifest-sha256.txt")
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/empty\n"
	for _, line := range []string{empty, "  data/100%25 café/original.docx\n", "  data/云溪县政府信息公开工作年度报告_abc/original.pdf\n"} {
		if !strings.Contains(manifest, line) {
			t.Errorf("the manifest has no %q:\n%s", line, manifest)
		}
	}
	for _, name := range []string{"bagit.txt", "bag-info.txt", "manifest-sha256.txt"} {
		if !strings.Contains(read("tagmanifest-sha256.txt"), "  "+name+"\n") {
			t.Errorf("the tag manifest has no %s", name)
		}
	}
}

// TestLineEndsInNames: CR and LF are encoded, and found again.
func TestLineEndsInNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such names there")
	}
	root := filepath.Join(t.TempDir(), "bag")
	sink, err := bagit.Directory(root)
	if err != nil {
		t.Fatal(err)
	}
	w := bagit.NewWriter(sink, bagit.Info{})
	for _, name := range []string{"a\nb", "a\r\nb", "a%0Ab", "a%25b"} {
		if err := w.Add(name, 1, strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(root, "manifest-sha256.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"data/a%0Ab\n", "data/a%0D%0Ab\n", "data/a%250Ab\n", "data/a%2525b\n"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the manifest has no %q:\n%s", want, b)
		}
	}
	if r, err := bagit.Check(t.Context(), root); err != nil || !r.Valid() || r.Files != 4 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestFaults: each fault is found and said of its file.
func TestFaults(t *testing.T) {
	file := filepath.FromSlash("data/100% café/original.docx")
	change := func(name, old, with string) func(*testing.T, string) {
		return func(t *testing.T, root string) {
			b, err := os.ReadFile(filepath.Join(root, name))
			if err != nil || old != "" && !strings.Contains(string(b), old) {
				t.Fatalf("%s has no %q: %v", name, old, err)
			}
			content := with
			if old != "" {
				content = strings.Replace(string(b), old, with, 1)
			}
			if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func(*testing.T, string) {
		return func(t *testing.T, root string) {
			if err := os.Remove(filepath.Join(root, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	add := func(name string) func(*testing.T, string) {
		return func(t *testing.T, root string) {
			if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		plant func(*testing.T, string)
		paths []string
	}{
		"flipped":          {change(file, "PK", "PX"), []string{"data/100% café/original.docx"}},
		"missing":          {remove(file), []string{"bag-info.txt", "data/100% café/original.docx"}},
		"extra":            {add("data/extra"), []string{"bag-info.txt", "data/extra"}},
		"no declaration":   {remove("bagit.txt"), []string{"bagit.txt", "bagit.txt"}},
		"version":          {change("bagit.txt", "1.0", "7.0"), []string{"bagit.txt", "bagit.txt"}},
		"encoding":         {change("bagit.txt", "UTF-8", "GBK"), []string{"bagit.txt", "bagit.txt"}},
		"info changed":     {change("bag-info.txt", "2026-1", "2026-2"), []string{"bag-info.txt"}},
		"no tag manifest":  {remove("tagmanifest-sha256.txt"), nil},
		"no manifest":      {remove("manifest-sha256.txt"), []string{"", "manifest-sha256.txt"}},
		"fetch":            {add("fetch.txt"), []string{"fetch.txt"}},
		"escaping":         {change("manifest-sha256.txt", "data/empty", "../../empty"), []string{"data/empty", "manifest-sha256.txt", "manifest-sha256.txt"}},
		"outside":          {change("manifest-sha256.txt", "data/empty", "bagit.txt"), []string{"data/empty", "manifest-sha256.txt", "manifest-sha256.txt"}},
		"no line":          {change("manifest-sha256.txt", "  data/empty", ""), []string{"data/empty", "manifest-sha256.txt", "manifest-sha256.txt"}},
		"another manifest": {change("manifest-md5.txt", "", ""), nil},
	} {
		t.Run(name, func(t *testing.T) {
			root := forms(t)["directory"]
			if name == "another manifest" {
				if err := os.WriteFile(filepath.Join(root, "manifest-md5.txt"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
				c.paths = []string{"manifest-md5.txt"}
			}
			c.plant(t, root)
			r, err := bagit.Check(t.Context(), root)
			if err != nil {
				t.Fatal(err)
			}
			var paths []string
			for _, f := range r.Faults {
				paths = append(paths, f.Path)
			}
			if strings.Join(paths, "|") != strings.Join(c.paths, "|") {
				t.Errorf("faults of %q, want %q: %+v", paths, c.paths, r.Faults)
			}
		})
	}
}

// TestHostile: names that lead out of the bag are told and nothing follows them.
func TestHostile(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"bag/bagit.txt", "bag/../../etc/passwd", "/abs", "bag/data/x", "bag/data/x"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "hostile.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := bagit.Check(t.Context(), name)
	if err != nil || r.Valid() {
		t.Fatalf("%+v, %v", r, err)
	}
	text := fmt.Sprint(r.Faults)
	for _, want := range []string{"两次", "顶层目录"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not told: %s", want, text)
		}
	}
	notes := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(notes, []byte("no bag"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := bagit.Check(t.Context(), notes); !errors.Is(err, bagit.ErrNoBag) {
		t.Errorf("a letter: %v", err)
	}
}

// TestDamagedZip: a flipped byte inside a zip is a fault, too.
func TestDamagedZip(t *testing.T) {
	name := forms(t)["zip"]
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(b, []byte("%PDF")) // stored as it is
	if at < 0 {
		t.Fatal("the file is not stored")
	}
	b[at] ^= 1
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := bagit.Check(t.Context(), name)
	if err != nil || r.Valid() {
		t.Fatalf("%+v, %v", r, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := bagit.Check(cancelled, name); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestWriterRefuses(t *testing.T) {
	w := bagit.NewWriter(bagit.Zip(io.Discard, "bag", made), bagit.Info{})
	for _, bad := range []string{"", "..", "../x", "/x", "a/../b", "a//b", `a\b`, "a/", "./a"} {
		if err := w.Add(bad, 0, strings.NewReader("")); err == nil {
			t.Errorf("Add(%q) was accepted", bad)
		}
	}
	if err := w.Add("a", 1, strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if err := w.Add("A", 1, strings.NewReader("x")); err == nil {
		t.Error("two names that some systems cannot tell apart")
	}
	for content, size := range map[string]int64{"short": 6, "long": 3} {
		if err := w.Add(content, size, strings.NewReader(content)); err == nil {
			t.Errorf("%q passes for %d bytes", content, size)
		}
	}
	dir := t.TempDir()
	if _, err := bagit.Directory(dir); err == nil {
		t.Error("writes into a directory that is there")
	}
}

func TestSafeName(t *testing.T) {
	for given, want := range map[string]string{
		"云溪县政府信息公开年报.pdf":       "云溪县政府信息公开年报.pdf",
		"cafe\u0301":            "café",
		"a/b\\c:d*e?f\"g<h>i|j": "a_b_c_d_e_f_g_h_i_j",
		"..":                    "_",
		"":                      "_",
		" . x . ":               "x",
		"~root":                 "root",
		"nul.pdf":               "_nul.pdf",
		"line\r\nend\u202Efdp":  "lineendfdp",
		"\xff\xfe年":             "年",
		"A\xf3\u0328":           "Ą",
		strings.Repeat("年", 80): strings.Repeat("年", 50),
	} {
		if got := bagit.SafeName(given); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", given, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("云溪县/..\x00年报.")
	f.Fuzz(func(t *testing.T, s string) {
		name := bagit.SafeName(s)
		if name == "" || len(name) > 160 || strings.ContainsAny(name, "/\\\x00\r\n") || name == "." || name == ".." || !filepath.IsLocal(name) {
			t.Errorf("SafeName(%q) = %q", s, name)
		}
		if again := bagit.SafeName(name); again != name {
			t.Errorf("SafeName(%q) = %q, again %q", s, name, again)
		}
	})
}
