package pdfium

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// guestFonts is where PDFium looks for fonts on Linux, as a path of package fs.
const guestFonts = "usr/share/fonts"

// maxFonts caps the font files shown to the module, which opens all of them.
const maxFonts = 2000

// fontFS is all the module sees of the host: one directory of font files, found
// when the engine starts, under names made up here. (PDFium stops listing a
// directory at the first entry it cannot stat, a broken link or "..", and so
// does not get to see directories as they are.)
type fontFS struct {
	roots []*os.Root
	files map[string]fontFile // by name in guestFonts
	list  []fs.DirEntry       // of guestFonts
	blank string              // see blankFont; "" where it is not needed
}

// fontFile is a file in one of the roots; links that lead out of it do not open.
type fontFile struct {
	root *os.Root
	path string
}

// openFonts lists the font files below the directories, and a blank one where it is wanted and
// missing. Directories that do not exist are left out.
func openFonts(dirs []string, blank bool) (*fontFS, error) {
	f := &fontFS{files: map[string]fontFile{}}
	for _, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			f.close()
			return nil, fmt.Errorf("pdfium: font directory: %w", err)
		}
		f.roots = append(f.roots, root)
		f.add(root)
	}
	if blank {
		f.addBlank()
	}
	return f, nil
}

// add lists the fonts of one directory; what cannot be read is no font.
func (f *fontFS) add(root *os.Root) {
	_ = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, unread error) error {
		if unread == nil && !d.IsDir() && isFont(p) && len(f.list) < maxFonts {
			f.addFile(root, p)
		}
		return nil
	})
}

// addFile lists one file. A link out of the directory cannot be followed.
func (f *fontFS) addFile(root *os.Root, p string) {
	info, err := root.Stat(p)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	name := fmt.Sprintf("%04d%s", len(f.list), strings.ToLower(path.Ext(p)))
	f.files[name] = fontFile{root, p}
	f.list = append(f.list, fs.FileInfoToDirEntry(guestInfo{name: name, size: info.Size(), mode: 0o444}))
}

// isFont tells the kinds of files that PDFium reads.
func isFont(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".ttf", ".ttc", ".otf":
		return true
	}
	return false
}

func (f *fontFS) close() {
	if f == nil {
		return
	}
	for _, r := range f.roots {
		_ = r.Close() // read-only: nothing to lose
	}
}

// Open implements fs.FS.
func (f *fontFS) Open(name string) (fs.File, error) {
	dir := func(child string) []fs.DirEntry {
		return []fs.DirEntry{fs.FileInfoToDirEntry(guestInfo{name: child, mode: fs.ModeDir | 0o555})}
	}
	info := guestInfo{name: path.Base(name), mode: fs.ModeDir | 0o555}
	switch name {
	case ".":
		return &guestDir{info: info, list: dir("usr")}, nil
	case "usr":
		return &guestDir{info: info, list: dir("share")}, nil
	case "usr/share":
		return &guestDir{info: info, list: dir("fonts")}, nil
	case guestFonts:
		return &guestDir{info: info, list: f.list}, nil
	}
	folder, base := path.Split(name)
	if file, ok := f.files[base]; ok && folder == guestFonts+"/" {
		return file.root.Open(file.path)
	}
	if name == guestFonts+"/"+blankName && f.blank != "" {
		return guestFile{strings.NewReader(f.blank), blankInfo(f.blank)}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// guestDir is an open directory of a fontFS.
type guestDir struct {
	info guestInfo
	list []fs.DirEntry // not read yet
}

// Stat implements fs.File.
func (d *guestDir) Stat() (fs.FileInfo, error) { return d.info, nil }

// Read implements fs.File.
func (d *guestDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}

// Close implements fs.File.
func (d *guestDir) Close() error { return nil }

// ReadDir implements fs.ReadDirFile.
func (d *guestDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(d.list) {
		if n > 0 && len(d.list) == 0 {
			return nil, io.EOF
		}
		n = len(d.list)
	}
	out := d.list[:n]
	d.list = d.list[n:]
	return out, nil
}

// guestInfo describes an entry of a fontFS.
type guestInfo struct {
	name string
	size int64
	mode fs.FileMode
}

// Name implements fs.FileInfo.
func (i guestInfo) Name() string { return i.name }

// Size implements fs.FileInfo.
func (i guestInfo) Size() int64 { return i.size }

// Mode implements fs.FileInfo.
func (i guestInfo) Mode() fs.FileMode { return i.mode }

// ModTime implements fs.FileInfo; times are nobody's business in there.
func (i guestInfo) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (i guestInfo) IsDir() bool { return i.mode.IsDir() }

// Sys implements fs.FileInfo.
func (i guestInfo) Sys() any { return nil }
