package unpack

import (
	"fmt"
	"hash/crc32"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Bounds of a clean path, in characters. Longer ones lose folders from the
// front, or the middle of a name: a path is shown, it leads nowhere.
const (
	maxElement = 255
	maxPath    = 1000
)

// noName stands for a name that has nothing to be shown.
const noName = "未命名"

// decodeNames turns the names of all entries into text. In this order:
// UTF-8 where flag bit 11 says so; Info-ZIP's Unicode Path field where it is
// about this name; UTF-8 where the bytes are; else GB 18030, which Chinese
// Windows programs write without saying so.
//
// A few names in GBK happen to be UTF-8 as well (two bytes a character, Latin or
// Greek letters). One program wrote all names, so they are read as the others
// are.
func decodeNames(entries []entry) []string {
	names := make([]string, len(entries))
	var open []int // may be either
	gb := false
	for i, e := range entries {
		name, sure := declaredName(e)
		switch {
		case sure:
			names[i] = name
		case !utf8.Valid(e.name):
			names[i] = fromGB(e.name)
			gb = true
		case onlyShort(e.name):
			open = append(open, i)
		default:
			names[i] = string(e.name)
		}
	}
	for _, i := range open {
		if names[i] = string(entries[i].name); gb {
			names[i] = fromGB(entries[i].name)
		}
	}
	return names
}

// declaredName is the name where its encoding is declared, and true there.
func declaredName(e entry) (string, bool) {
	if e.flags&flagUTF8 != 0 && utf8.Valid(e.name) {
		return string(e.name), true
	}
	// Version 1, CRC-32 of the name it belongs to, the name in UTF-8 (4.6.9).
	f := extraField(e.extra, extraUnicodePath)
	const head = 5
	if len(f) > head && f[0] == 1 && utf8.Valid(f[head:]) &&
		uint32(f[1])|uint32(f[2])<<8|uint32(f[3])<<16|uint32(f[4])<<24 == crc32.ChecksumIEEE(e.name) {
		return string(f[head:]), true
	}
	return "", false
}

// onlyShort tells whether all characters beyond ASCII have two bytes, and there
// is one: Chinese in UTF-8 has three.
func onlyShort(name []byte) bool {
	found := false
	for _, r := range string(name) {
		switch n := utf8.RuneLen(r); {
		case n > 2:
			return false
		case n == 2:
			found = true
		}
	}
	return found
}

// fromGB reads GB 18030; bytes that are none become U+FFFD.
func fromGB(name []byte) string {
	b, err := simplifiedchinese.GB18030.NewDecoder().Bytes(name)
	if err != nil {
		return strings.ToValidUTF8(string(name), "\ufffd")
	}
	return string(b)
}

// cleanPath makes a path relative and fit to be shown: '/' between elements, none
// of them empty, "." or "..", no drive letter, no control, formatting or writing
// direction characters, bounded.
func cleanPath(name string) string {
	var elements []string
	for e := range strings.SplitSeq(strings.ReplaceAll(name, `\`, "/"), "/") {
		e = cleanElement(e)
		if len(elements) == 0 {
			e = withoutDrive(e)
		}
		if strings.Trim(e, ". ?") == "" {
			continue
		}
		elements = append(elements, e)
	}
	if len(elements) == 0 {
		return noName
	}
	left := maxPath
	for i := len(elements) - 1; i >= 0; i-- {
		if left -= utf8.RuneCountInString(elements[i]) + 1; left < 0 {
			return strings.Join(elements[i+1:], "/")
		}
	}
	return strings.Join(elements, "/")
}

func cleanElement(e string) string {
	e = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, e))
	if utf8.RuneCountInString(e) <= maxElement {
		return e
	}
	ext := []rune(path.Ext(e))
	if len(ext) > 16 { // no extension: a dot somewhere in a long sentence
		ext = nil
	}
	return strings.TrimSpace(string([]rune(e)[:maxElement-len(ext)]) + string(ext))
}

// withoutDrive drops "C:" from a first element, however often.
func withoutDrive(e string) string {
	for len(e) >= 2 && e[1] == ':' && (e[0]|0x20 >= 'a' && e[0]|0x20 <= 'z') {
		e = strings.TrimSpace(e[2:])
	}
	return e
}

// distinct keeps equal paths apart: "a.pdf", "a~2.pdf". The zero value is not
// usable.
type distinct map[string]int // the number that the next equal path gets

func (d distinct) path(p string) string {
	if _, taken := d[p]; !taken {
		d[p] = 2
		return p
	}
	ext := path.Ext(p)
	for {
		n := d[p]
		d[p] = n + 1
		other := fmt.Sprintf("%s~%d%s", strings.TrimSuffix(p, ext), n, ext)
		if _, taken := d[other]; !taken {
			d[other] = 2
			return other
		}
	}
}

// Reason is why an entry is left out without being a failure.
type Reason string

// The reasons.
const (
	SkipDirectory  Reason = "directory"   // a folder's own entry
	SkipSystemFile Reason = "system_file" // what macOS or Windows keep beside files
	SkipLockFile   Reason = "lock_file"   // "~$…": a document was open when it was packed
	SkipCompanion  Reason = "companion"   // what a saved web page keeps in the folder beside it
)

// skip tells by its path what is no report.
func skip(name, clean string) Reason {
	if strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`) {
		return SkipDirectory
	}
	base := strings.ToLower(path.Base(clean))
	switch {
	case strings.Contains("/"+clean, "/__MACOSX/"), strings.HasPrefix(base, "._"),
		base == ".ds_store", base == "thumbs.db", base == "desktop.ini":
		return SkipSystemFile
	case strings.HasPrefix(base, "~$"):
		return SkipLockFile
	case Companion(clean):
		return SkipCompanion
	}
	return ""
}

// Companion tells by its path, with '/' between elements, a file that belongs to a
// web page saved beside its folder: "年报.files/image001.png". The page itself
// stands outside of it.
func Companion(clean string) bool {
	folders := strings.ToLower(path.Dir(clean)) + "/"
	if !strings.Contains(folders, ".files/") && !strings.Contains(folders, "_files/") {
		return false
	}
	switch strings.ToLower(path.Ext(clean)) {
	case ".htm", ".html", ".xml", ".css", ".js", ".gif", ".png", ".jpg", ".jpeg", ".svg", ".thmx", ".mso", ".emz", ".wmz":
		return true
	}
	return false
}
