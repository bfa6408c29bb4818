package api

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// The deadline moves on with the bytes, not with the reads: a client that sends
// one byte a minute is broken off.
func TestPacedReader(t *testing.T) {
	var set []time.Time
	p := &pacedReader{r: strings.NewReader(strings.Repeat("x", 3*stallBytes)), stall: stallTime, deadline: func(d time.Time) error {
		set = append(set, d)
		return nil
	}}
	for range 10 {
		if _, err := p.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if len(set) != 1 {
		t.Errorf("10 reads of a byte moved the deadline %d times", len(set))
	}
	if d := time.Until(set[0]); d > stallTime || d < stallTime-5*time.Second {
		t.Errorf("deadline in %v", d)
	}
	if n, err := io.Copy(io.Discard, p); err != nil || n != 3*stallBytes-10 {
		t.Fatal(n, err)
	}
	if len(set) < 3 || len(set) > 5 {
		t.Errorf("%d deadlines for three portions", len(set))
	}
	p.pause()
	if !set[len(set)-1].IsZero() {
		t.Error("the deadline is not lifted while a file is converted")
	}
}

// A stalled connection ends the upload as a broken one, not as an error of ours.
func TestStalledUpload(t *testing.T) {
	body := io.MultiReader(strings.NewReader("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc"), stalled{})
	r := httptest.NewRequest(http.MethodPost, "/v1/reports", body)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=X")
	u, err := newUploads(httptest.NewRecorder(), r, uploadSpec{maxFile: 100, maxBody: 1000, one: true})
	if err != nil {
		t.Fatal(err)
	}
	if u.pace.stall != stallTime {
		t.Errorf("may stand still for %v", u.pace.stall) // 0 would break off every upload at once
	}
	_, content, err := u.next()
	if err == nil {
		_, err = io.ReadAll(content)
	}
	if p := problemOf(err); p.Code != codeBadRequest || u.err == nil {
		t.Errorf("%v, %v", p, u.err)
	}
}

type stalled struct{}

func (stalled) Read([]byte) (int, error) { return 0, errors.New("read tcp: i/o timeout") }

func FuzzUpload(f *testing.F) {
	const head = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
	f.Add([]byte(head+"abc\r\n--X--"), true)
	f.Add([]byte(head+"abc\r\n"+head+"def\r\n--X--"), false)
	f.Add([]byte(head+"abc"), true)
	f.Add([]byte("--X\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n\r\n--X--"), false)
	f.Fuzz(func(t *testing.T, b []byte, one bool) {
		r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(b))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=X")
		u, err := newUploads(httptest.NewRecorder(), r, uploadSpec{maxFile: 64, maxBody: 4096, one: one})
		if err != nil {
			return
		}
		for files := 0; ; files++ {
			name, content, err := u.next()
			if errors.Is(err, io.EOF) && files > 0 {
				return
			}
			if err != nil {
				if p := problemOf(err); p.Status < 400 || p.Status >= 500 {
					t.Fatalf("the client's mistake became %v", p)
				}
				return
			}
			if name == "" || !utf8.ValidString(name) {
				t.Fatalf("name %q", name)
			}
			got, err := io.ReadAll(content)
			if len(got) > 64 {
				t.Fatalf("%d bytes passed a limit of 64", len(got))
			}
			if one && err == nil && files > 0 {
				t.Fatal("a second file where one is wanted")
			}
		}
	})
}

// A Content-Disposition is one line that gives the shown name back.
func FuzzAttachment(f *testing.F) {
	for _, name := range []string{"年报.pdf", "a\r\nSet-Cookie: x", `"; filename="b`, "../../x", "\xff", "", "100%.pdf", "a+b c.docx"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		h := attachment(name)
		if strings.ContainsFunc(h, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%q", h)
		}
		kind, params, err := mime.ParseMediaType(h)
		if err != nil || kind != "attachment" || params["filename"] != cleanName(name) {
			t.Fatalf("%q: %v, name %q, want %q", h, err, params["filename"], cleanName(name))
		}
	})
}

func FuzzCleanName(f *testing.F) {
	f.Add("C:\\a\\年报.pdf")
	f.Add(strings.Repeat("长", 300) + ".docx")
	f.Fuzz(func(t *testing.T, name string) {
		got := cleanName(name)
		bad := strings.ContainsFunc(got, func(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
		if got == "" || bad || utf8.RuneCountInString(got) > maxNameRunes || !utf8.ValidString(got) {
			t.Fatalf("%q became %q", name, got)
		}
		if again := cleanName(got); again != got {
			t.Fatalf("%q, cleaned again, is %q", got, again)
		}
	})
}
