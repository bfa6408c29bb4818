package pdfium

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/rc4"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/convert/fixture"
	"nianbao/extract"
)

// locked is a file that needs a password: standard security handler, revision 2
// (ISO 32000-1, 7.6.3). With an empty user password it opens.
func locked(user string) []byte {
	pad, _ := hex.DecodeString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
	padded := func(s string) []byte { return append([]byte(s), pad...)[:32] }
	crypt := func(key, data []byte) []byte {
		out := make([]byte, len(data))
		c, _ := rc4.NewCipher(key)
		c.XORKeyStream(out, data)
		return out
	}
	ownerKey := md5.Sum(padded("owner"))
	o := crypt(ownerKey[:5], padded(user))
	id := "0123456789abcdef"
	h := md5.Sum(append(append(append(padded(user), o...), 0xFC, 0xFF, 0xFF, 0xFF), id...))
	u := crypt(h[:5], pad)
	f := &testFile{trailer: fmt.Sprintf("/ID [<%x> <%x>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <%x> /U <%x>>>", id, id, o, u)}
	return onePage(f, helvetica, "", "")
}

func TestOpenErrors(t *testing.T) {
	whole := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	for _, c := range []struct {
		name string
		data []byte
		code extract.Code
	}{
		{"needs a password", locked("secret"), extract.CodeEncrypted},
		{"empty", nil, extract.CodeDamaged},
		{"no PDF", []byte("这不是 PDF 文件，只是一段文字。"), extract.CodeDamaged},
		{"zip", append([]byte("PK\x03\x04"), make([]byte, 5000)...), extract.CodeDamaged},
		{"only a head", whole[:300], extract.CodeDamaged},
	} {
		d, err := shared(t).Open(bytes.NewReader(c.data), int64(len(c.data)), extract.DefaultLimits())
		if err == nil {
			_ = d.Close()
		}
		if e := extract.AsError(err); e == nil || e.Code != c.code || e.Detail == "" {
			t.Errorf("%s: %v, want %s", c.name, err, c.code)
		}
	}
	if n := open(t, locked("")).NumPages(); n != 1 {
		t.Errorf("empty password: %d pages", n)
	}
	lost := bytes.ReplaceAll(whole, []byte("xref"), []byte("yref"))
	if n, want := open(t, lost).NumPages(), open(t, whole).NumPages(); n != want {
		t.Errorf("without a cross-reference table: %d pages of %d", n, want)
	}
}

// unreadable fails halfway, as a broken disk does.
type unreadable struct{}

func (unreadable) ReadAt(p []byte, _ int64) (int, error) { return len(p) / 2, errors.New("broken") }

func TestOpenUnreadable(t *testing.T) {
	_, err := shared(t).Open(unreadable{}, 1000, extract.DefaultLimits())
	wantError(t, err, extract.CodeDamaged)
}

func TestPageLimit(t *testing.T) {
	data := fixture.New(1, "2021").PDF(fixture.DefaultStyle())
	n := open(t, data).NumPages()
	if n < 2 {
		t.Fatalf("%d pages", n)
	}
	lim := extract.DefaultLimits()
	lim.Pages = n
	d, err := shared(t).Open(bytes.NewReader(data), int64(len(data)), lim)
	if err != nil {
		t.Fatalf("at the limit: %v", err)
	}
	_ = d.Close()
	lim.Pages = n - 1
	_, err = shared(t).Open(bytes.NewReader(data), int64(len(data)), lim)
	if e := wantError(t, err, extract.CodeLimit); e.Limit != fmt.Sprintf("pages=%d", n-1) {
		t.Errorf("limit %s", e.Limit)
	}
}

func TestGlyphLimit(t *testing.T) {
	data := latin("BT /F1 12 Tf 50 700 Td (abcde) Tj ET", "")
	for lim, ok := range map[int]bool{5: true, 4: false} {
		d := open(t, data)
		d.lim.Glyphs = lim
		if _, err := d.Page(1); ok != (err == nil) {
			t.Errorf("limit %d: %v", lim, err)
		} else if !ok {
			wantError(t, err, extract.CodeLimit)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	d := open(t, latin("", ""))
	for _, n := range []int{0, -1, 2, 1 << 40} {
		_, err := d.Page(n)
		wantError(t, err, extract.CodeDamaged)
		wantError(t, d.RenderPNG(n, 72, &bytes.Buffer{}), extract.CodeDamaged)
	}
	if p, err := d.Page(1); err != nil || p.Number != 1 || len(p.Glyphs) != 0 {
		t.Errorf("page 1: %+v, %v", p, err)
	}
}

func TestClose(t *testing.T) {
	e, err := New(context.Background(), Config{CacheDir: cacheDir()})
	if err != nil {
		t.Fatal(err)
	}
	data := latin("", "")
	d, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	other, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := d.Close(); !errors.Is(err, ErrClosed) {
		t.Errorf("second Close: %v", err)
	}
	if _, err := d.Page(1); !errors.Is(err, ErrClosed) {
		t.Errorf("Page: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if err := e.Close(); !errors.Is(err, ErrClosed) {
		t.Errorf("second Close of the engine: %v", err)
	}
	if _, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits()); !errors.Is(err, ErrClosed) {
		t.Errorf("Open: %v", err)
	}
	if _, err := other.Page(1); err == nil {
		t.Error("a document outlives its engine")
	}
	_ = other.Close()
}

func TestConcurrentUse(t *testing.T) {
	data := latin("BT /F1 12 Tf 50 700 Td (a) Tj ET", "")
	e := shared(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				d, err := e.Open(bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
				if err != nil {
					t.Error(err)
					return
				}
				if p, err := d.Page(1); err != nil || textOf(p) != "a" {
					t.Errorf("page: %v", err)
				}
				if err := d.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestConfig(t *testing.T) {
	for _, c := range []Config{{MemoryPages: MinMemoryPages - 1}, {MemoryPages: 65537}} {
		if _, err := New(context.Background(), c); err == nil {
			t.Errorf("%+v is accepted", c)
		}
	}
	if err := Prime(Config{}); err == nil {
		t.Error("Prime without a directory")
	}
	if err := Prime(Config{CacheDir: cacheDir()}); err != nil {
		t.Errorf("Prime: %v", err)
	}
}

// small has hardly more memory than the module needs; TestMain closes it.
var small = sync.OnceValues(func() (*Engine, error) {
	return New(context.Background(), Config{CacheDir: cacheDir(), MemoryPages: 300})
})

func TestMemory(t *testing.T) {
	e, err := small()
	if err != nil {
		t.Fatal(err)
	}
	lim := extract.DefaultLimits()
	size := e.cfg.memoryBytes()/2 + 1
	_, err = e.Open(bytes.NewReader(make([]byte, size)), size, lim)
	wantError(t, err, extract.CodeLimit)

	f := &testFile{}
	bomb := onePage(f, helvetica, strings.Repeat(" ", 64<<20), "")
	d, err := e.Open(bytes.NewReader(bomb), int64(len(bomb)), lim)
	if err == nil {
		var p any
		p, err = d.Page(1)
		_ = d.Close()
		if err == nil {
			t.Fatalf("64 MiB of content fit into %d bytes: %+v", e.cfg.memoryBytes(), p)
		}
	}
	wantError(t, err, extract.CodeLimit)
}

// interruptible is shared by the tests that need it; TestMain closes it.
var interruptible = sync.OnceValues(func() (*Engine, error) {
	return New(context.Background(), Config{CacheDir: cacheDir(), Interruptible: true, Fonts: []string{}})
})

// A file of nested forms that draws for hours ends when its context does, and the
// engine goes on.
func TestInterrupt(t *testing.T) {
	e, err := interruptible()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	data := nested(11, 10)
	d, err := e.OpenContext(ctx, bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(300*time.Millisecond, cancel)
	defer timer.Stop()
	_, err = d.Page(1)
	wantError(t, err, extract.CodeTimeout)
	_, err = d.Page(1)
	wantError(t, err, extract.CodeTimeout)
	_ = d.Close()

	good := latin("BT /F1 12 Tf 50 700 Td (a) Tj ET", "")
	d, err = e.Open(bytes.NewReader(good), int64(len(good)), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if p, err := d.Page(1); err != nil || textOf(p) != "a" {
		t.Errorf("the engine's next document: %v", err)
	}
}

// Files with rubbish in them end in pages or in an *extract.Error.
func TestMutations(t *testing.T) {
	e, err := interruptible()
	if err != nil {
		t.Fatal(err)
	}
	seeds := [][]byte{fixture.New(2, "2021").PDF(fixture.DefaultStyle()), formInForm(), annotated(), locked("")}
	rng := rand.New(rand.NewPCG(1, 2))
	read, refused := 0, 0
	for i := range 200 {
		data := mutate(rng, seeds[i%len(seeds)])
		if err := tryRead(e, data); err == nil {
			read++
		} else if extract.AsError(err) != nil {
			refused++
		} else {
			t.Errorf("mutation %d: %v", i, err)
		}
	}
	if read < 20 || refused < 20 {
		t.Errorf("%d read, %d refused: too tame or too wild", read, refused)
	}
}

// tryRead reads a file whole, for two seconds at most.
func tryRead(e *Engine, data []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	d, err := e.OpenContext(ctx, bytes.NewReader(data), int64(len(data)), extract.DefaultLimits())
	if err != nil {
		return err
	}
	defer d.Close()
	for n := range min(d.NumPages(), 3) {
		if _, err := d.Page(n + 1); err != nil {
			return err
		}
		if err := d.RenderPNG(n+1, 20, &bytes.Buffer{}); err != nil {
			return err
		}
	}
	return nil
}

// mutate changes, cuts or doubles some bytes.
func mutate(rng *rand.Rand, seed []byte) []byte {
	data := bytes.Clone(seed)
	for range 1 + rng.IntN(12) {
		at := rng.IntN(len(data))
		n := min(1+rng.IntN(40), len(data)-at)
		switch rng.IntN(5) {
		case 0:
			data[at] = byte(rng.Uint32())
		case 1:
			data[at] ^= 1 << rng.IntN(8)
		case 2:
			data = append(data[:at:at], data[at+n:]...)
		case 3:
			data = append(data[:at:at], append(bytes.Clone(data[at:at+n]), data[at:]...)...)
		case 4:
			if i := bytes.IndexAny(data[at:], "0123456789"); i >= 0 {
				data[at+i] = "0123456789-."[rng.IntN(12)]
			}
		}
		if rng.IntN(30) == 0 {
			data = data[:1+rng.IntN(len(data))]
		}
	}
	return data
}
