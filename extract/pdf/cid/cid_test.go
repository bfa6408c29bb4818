package cid

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

var orderings = []string{"GB1", "CNS1", "Japan1", "Korea1", "KR"}

// Table 118 of ISO 32000-1, without the two identities.
const predefined = `GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V
	UniGB-UCS2-H UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V
	B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V ETen-B5-H ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V
	UniCNS-UCS2-H UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V
	83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V 90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V
	Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V
	KSC-EUC-H KSC-EUC-V KSCms-UHC-H KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H
	UniKS-UCS2-H UniKS-UCS2-V UniKS-UTF16-H UniKS-UTF16-V
	UniGB-UTF8-H UniCNS-UTF8-H UniJIS-UTF8-H UniKS-UTF8-H UniGB-UTF32-V UniJIS2004-UTF16-H UniAKR-UTF16-H`

func TestEveryPredefinedCMap(t *testing.T) {
	for name := range strings.FieldsSeq(predefined) {
		m := Predefined(name)
		if m == nil {
			t.Errorf("%s is missing", name)
			continue
		}
		if m.Name() != name || !Known(m.Ordering()) || m.Vertical() != (name == "V" || strings.HasSuffix(name, "-V")) {
			t.Errorf("%s: %s of %s, vertical %v", name, m.Name(), m.Ordering(), m.Vertical())
		}
	}
	for _, name := range []string{"Identity-H", "Identity-V", "", "GBK-EUC", "Adobe-GB1-UCS2"} {
		if Predefined(name) != nil {
			t.Errorf("%q is a CMap", name)
		}
	}
}

// Every section can be read, every range is in order and has CIDs of the
// collection, and texts are text.
func TestDataIsWhole(t *testing.T) {
	for _, o := range orderings {
		texts := collections()[o].text()
		if len(texts.runes) < 18000 {
			t.Errorf("%s has %d CIDs", o, len(texts.runes))
		}
		for c := range texts.runes {
			for _, r := range texts.at(uint32(c)) {
				if r == utf8.RuneError || r < ' ' || r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 {
					t.Errorf("%s: text %q of CID %d", o, texts.at(uint32(c)), c)
				}
			}
		}
		names := Names(o)
		for _, n := range names {
			m := Predefined(n)
			if m.transcoded && (m.base == nil || m.base.form != utf32Form) {
				t.Errorf("%s has no codes", n)
			}
			for l, list := range m.ranges {
				end := int64(-1)
				for _, s := range list {
					if int64(s.low) <= end || s.high < s.low || int(s.cid+s.high-s.low) > 0xFFFF {
						t.Errorf("%s: range %+v of %d bytes after %x", n, s, l, end)
					}
					end = int64(s.high)
				}
			}
		}
	}
	if Text("GB1", 1<<31) != "" || Text("Identity", 1) != "" || Names("none") != nil {
		t.Error("an unknown CID has text")
	}
}

// The same text written in the character set comes out of the CMap: an
// independent source for what codes mean.
func TestCharacterSets(t *testing.T) {
	for _, c := range []struct {
		name string
		set  encoding.Encoding
		min  float64 // share of the set's characters that have the same text
	}{
		{"GBK-EUC-H", simplifiedchinese.GBK, 0.999}, {"GBKp-EUC-H", simplifiedchinese.GBK, 0.999}, {"GBK2K-H", simplifiedchinese.GB18030, 0.999},
		{"ETen-B5-H", traditionalchinese.Big5, 0.999}, {"HKscs-B5-H", traditionalchinese.Big5, 0.99},
		{"90ms-RKSJ-H", japanese.ShiftJIS, 0.998}, {"EUC-H", japanese.EUCJP, 0.998}, {"KSCms-UHC-H", korean.EUCKR, 0.999},
	} {
		m := Predefined(c.name)
		same, all, shown := 0, 0, 0
		for lead := 0x81; lead <= 0xFE; lead++ {
			for trail := 0x40; trail <= 0xFE; trail++ {
				raw := []byte{byte(lead), byte(trail)}
				code, n := m.Next(raw)
				cid, ok := m.CID(code, n)
				want, err := c.set.NewDecoder().Bytes(raw)
				r, size := utf8.DecodeRune(want)
				if !ok || cid == 0 || err != nil || size != len(want) || r == utf8.RuneError || n != 2 || r >= 0xE000 && r <= 0xF8FF {
					continue
				}
				if all++; norm.NFKC.String(m.Text(code, n)) == norm.NFKC.String(string(want)) {
					same++
				} else if shown++; shown <= 20 {
					t.Logf("%s: %x is %q, in the character set %q", c.name, raw, m.Text(code, n), want)
				}
			}
		}
		if share := float64(same) / float64(all); all < 5000 || share < c.min {
			t.Errorf("%s: %d of %d characters are the same (%.4f)", c.name, same, all, share)
		}
	}
}

// The three forms of Unicode lead to the same CIDs, for a sample of all planes.
func TestFormsOfUnicode(t *testing.T) {
	for _, lang := range []string{"UniGB", "UniCNS", "UniJIS", "UniKS"} {
		found := 0
		for _, dir := range []string{"H", "V"} {
			m8, m16, m32 := Predefined(lang+"-UTF8-"+dir), Predefined(lang+"-UTF16-"+dir), Predefined(lang+"-UTF32-"+dir)
			for r := rune(0x20); r < 0x2FFFF; r++ {
				if !utf8.ValidRune(r) {
					continue
				}
				want, ok := m32.CID(uint32(r), 4)
				b16 := []byte{byte(r >> 8), byte(r)}
				if v := r - 0x10000; v >= 0 {
					b16 = []byte{0xD8 | byte(v>>18), byte(v >> 10), 0xDC | byte(v>>8&3), byte(v)}
				}
				for m, s := range map[*CMap][]byte{m8: []byte(string(r)), m16: b16} {
					code, n := m.Next(s)
					if got, has := m.CID(code, n); n != len(s) || has != ok || got != want || m.Text(code, n) != string(r) {
						t.Fatalf("%s: %U has CID %d %v, in UTF-32 %d %v, text %q", m.Name(), r, got, has, want, ok, m.Text(code, n))
					}
				}
				if ok {
					found++
				}
			}
		}
		if found < 2*8000 {
			t.Errorf("%s: %d characters", lang, found)
		}
	}
}

func TestCIDs(t *testing.T) {
	for _, c := range []struct {
		name, code string
		cid        uint32
		text       string
	}{
		{"GBK-EUC-H", "A", 846, "A"}, {"GBK-EUC-H", "~", 907, "~"}, {"GBKp-EUC-H", "A", 34, "A"}, {"GB-EUC-H", "1", 830, "1"},
		{"GBpc-EUC-H", "1", 18, "1"}, {"GBK2K-H", "\x81\x39\xee\x39", 22529, "㐀"},
		{"UniGB-UCS2-H", "\x4e\x2d", 4559, "中"}, {"GBK-EUC-H", "\xd6\xd0", 4559, "中"},
		{"GBK-EUC-V", "\xa3\xa8", 580, "（"}, {"GBK-EUC-V", "\xd6\xd0", 4559, "中"},
		{"ETen-B5-H", "A", 13681, "A"}, {"ETenms-B5-H", "A", 34, "A"}, {"ETenms-B5-V", "\xa4\xa4", 661, "中"},
		{"90ms-RKSJ-H", "A", 264, "A"}, {"90ms-RKSJ-H", "\xb1", 343, "ｱ"}, {"90msp-RKSJ-H", "A", 34, "A"},
		{"UniJIS-UCS2-HW-H", "\x00A", 264, "A"}, {"UniJIS-UCS2-H", "\x00A", 34, "A"}, {"UniJIS-UCS2-HW-V", "\x4e\x2d", 2980, "中"},
		{"KSCms-UHC-HW-H", "A", 8127, "A"}, {"KSCms-UHC-H", "\xb0\xa1", 1086, "가"}, {"V", "\x21\x22", 7887, "、"},
		{"UniGB-UTF16-H", "\xd8\x40\xdc\x87", 22048, "𠂇"},
	} {
		m := Predefined(c.name)
		code, n := m.Next([]byte(c.code))
		cid, ok := m.CID(code, n)
		if n != len(c.code) || !ok || cid != c.cid || m.Text(code, n) != c.text {
			t.Errorf("%s % x: %d bytes, CID %d %v, text %q", c.name, c.code, n, cid, ok, m.Text(code, n))
		}
	}
}

// Bytes that are no code take as many as a code of their first byte, and there
// is always an end.
func TestNoCode(t *testing.T) {
	for s, want := range map[string]int{"\x81": 1, "\x81\x20": 2, "\xff\xff": 1, "\x81\x40": 2, "A\x81": 1} {
		if _, n := Predefined("GBK-EUC-H").Next([]byte(s)); n != want {
			t.Errorf("% x: %d bytes", s, n)
		}
	}
	for _, o := range orderings {
		for _, name := range Names(o) {
			m := Predefined(name)
			for a := range 256 {
				for _, s := range [][]byte{{byte(a)}, {byte(a), 0xFF}, {byte(a), 0xFF, 0x30, 0x80, 1}} {
					code, n := m.Next(s)
					if n < 1 || n > len(s) || n > 4 {
						t.Fatalf("%s: % x gives %d bytes", name, s, n)
					}
					if text := m.Text(code, n); !utf8.ValidString(text) {
						t.Fatalf("%s: % x is %q", name, s, text)
					}
				}
			}
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.Run("CMap", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			readIndex("GB1", gb1).maps["UniGB-UTF16-H"]()
		}
	})
	b.Run("text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			readIndex("GB1", gb1).text()
		}
	})
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			readIndex("GB1", gb1)
		}
	})
}
