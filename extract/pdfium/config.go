package pdfium

import "fmt"

// Bounds of Config.MemoryPages, in pages of 64 KiB.
const (
	// MinMemoryPages is what the module needs to start.
	MinMemoryPages = 287
	// DefaultMemoryPages is 256 MiB.
	DefaultMemoryPages = 4096
	maxMemoryPages     = 65536
)

// pageSize is the size in bytes of a page of WebAssembly memory.
const pageSize = 64 << 10

// Config is how an Engine runs. The zero value is usable.
type Config struct {
	// CacheDir keeps the compiled module between processes (19 MB for each value
	// of Interruptible). It is written only where the module is not in it yet, so
	// that after Prime a process with read access is enough. Empty: compiled anew
	// by every Engine, 3 seconds and 280 MB.
	CacheDir string
	// Fonts are directories with fonts for text whose fonts are not embedded: all
	// the module may read. Directories that do not exist are left out. Nil means
	// /usr/share/fonts.
	Fonts []string
	// BlankGlyphs is for reading: text whose font is neither embedded nor on the machine keeps
	// its characters' places, and those shown by themselves are not lost. Drawn with it, digits of
	// such text are blank, too.
	BlankGlyphs bool
	// MemoryPages caps the memory of one Document, in pages of 64 KiB. The file
	// itself takes part of it. 0 means DefaultMemoryPages.
	MemoryPages uint32
	// Interruptible makes running calls end when their context is done, for three
	// to four times the time. Without it a context is looked at between calls only.
	Interruptible bool
}

// withDefaults fills in what is not set and checks the rest.
func (c Config) withDefaults() (Config, error) {
	if c.Fonts == nil {
		c.Fonts = []string{"/usr/share/fonts"}
	}
	if c.MemoryPages == 0 {
		c.MemoryPages = DefaultMemoryPages
	}
	if c.MemoryPages < MinMemoryPages || c.MemoryPages > maxMemoryPages {
		return c, fmt.Errorf("pdfium: MemoryPages %d is outside %d–%d", c.MemoryPages, MinMemoryPages, maxMemoryPages)
	}
	return c, nil
}

func (c Config) memoryBytes() int64 { return int64(c.MemoryPages) * pageSize }
