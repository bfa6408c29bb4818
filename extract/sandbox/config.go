package sandbox

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"time"

	"nianbao/extract"
)

// Defaults of Config.
const (
	DefaultWall        = 60 * time.Second
	DefaultCPU         = 30 * time.Second
	DefaultMemoryBytes = 512 << 20
	DefaultMaxFiles    = 500
)

const (
	// minMemoryBytes is what the runtime and one ordinary report need.
	minMemoryBytes = 64 << 20
	// maxStackBytes bounds one goroutine's stack: far above what a reader that
	// keeps its depth limit needs, and reached in under 0.1 s.
	maxStackBytes = 64 << 20
	// maxAnswerBytes bounds what a child may send, all frames of an answer together.
	// A report of 2,000 pages full of tables takes less than a quarter.
	maxAnswerBytes = 64 << 20
	// maxAnswerMemory bounds what the blocks and cells of an answer may take once
	// they are read, beside their text: an empty cell is twenty times its bytes. A
	// million cells take less.
	maxAnswerMemory = 192 << 20
	// prepareTimeout bounds compiling the second engine: 3 s on an idle machine.
	prepareTimeout = 2 * time.Minute
	// startTimeout bounds the time from exec to the child's first words; 10 ms is usual.
	startTimeout = 10 * time.Second
)

// Config says how children are started and held. The zero value of each field
// means its default.
type Config struct {
	// Workers is the number of children, and so of files read at once.
	// Default: the number of processors.
	Workers int
	// Wall bounds the time for one file. Default: DefaultWall.
	Wall time.Duration
	// CPU bounds the processor time for one file, over all threads; it counts in
	// whole seconds, rounded up. Default: DefaultCPU, or Wall where that is less.
	CPU time.Duration
	// MemoryBytes bounds the data of a child. Default: DefaultMemoryBytes; at
	// least 64 MiB.
	MemoryBytes int64
	// MaxFiles is after how many files a child is replaced. Default: DefaultMaxFiles.
	MaxFiles int
	// Limits are what the readers keep inside a file. Default: extract.DefaultLimits().
	Limits extract.Limits
	// Changes says what tracked changes count as. Default: extract.AcceptChanges.
	Changes extract.Changes
	// CacheDir is where the second PDF engine (package pdfium) keeps its compiled
	// form, 19 MB, once a file wants it; a directory that nobody else may write
	// to. Empty: there is no second engine, and nothing can be drawn.
	CacheDir string
	// Fonts are directories with fonts for PDF files that embed none.
	// Default: /usr/share/fonts.
	Fonts []string
	// Logger takes what concerns the operator. Default: slog.Default().
	Logger *slog.Logger
	// Observe, where set, is told what each file took before its Extract returns.
	// With MaxFiles 1 the figures are those of the one file.
	Observe func(Usage)
	// Observer is told of the children. Default: nobody is.
	Observer Observer
	// Command is the argv that starts a process which calls Child. Default: this
	// very program with the argument "child".
	Command []string
}

// withDefaults fills what the caller left out.
func (c Config) withDefaults() Config {
	if c.Workers == 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.Wall == 0 {
		c.Wall = DefaultWall
	}
	if c.CPU == 0 {
		c.CPU = min(DefaultCPU, c.Wall)
	}
	if c.MemoryBytes == 0 {
		c.MemoryBytes = DefaultMemoryBytes
	}
	if c.MaxFiles == 0 {
		c.MaxFiles = DefaultMaxFiles
	}
	if c.Fonts == nil {
		c.Fonts = []string{"/usr/share/fonts"}
	}
	if c.Limits == (extract.Limits{}) {
		c.Limits = extract.DefaultLimits()
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if c.Observer == nil {
		c.Observer = unobserved{}
	}
	return c
}

// validate tells every mistake of a configuration at once.
func (c Config) validate() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf("sandbox: "+format, args...)) }
	if c.Workers < 1 {
		bad("Workers is %d, want at least 1", c.Workers)
	}
	if c.Wall < 0 {
		bad("Wall is %v, want more than 0", c.Wall)
	}
	if c.CPU < 0 {
		bad("CPU is %v, want more than 0", c.CPU)
	}
	if c.MemoryBytes < minMemoryBytes {
		bad("MemoryBytes is %d, want at least %d", c.MemoryBytes, minMemoryBytes)
	}
	if c.MaxFiles < 1 {
		bad("MaxFiles is %d, want at least 1", c.MaxFiles)
	}
	for name, v := range map[string]int64{
		"DecompressedBytes": c.Limits.DecompressedBytes, "Pages": int64(c.Limits.Pages),
		"Depth": int64(c.Limits.Depth), "Parts": int64(c.Limits.Parts),
		"TableCells": int64(c.Limits.TableCells), "Operators": int64(c.Limits.Operators),
		"Glyphs": int64(c.Limits.Glyphs),
	} {
		if v < 1 {
			bad("Limits.%s is %d, want at least 1", name, v)
		}
	}
	if err := c.Changes.Validate(); err != nil {
		bad("%w", err)
	}
	if c.CacheDir != "" && !filepath.IsAbs(c.CacheDir) {
		bad("CacheDir %q is not absolute", c.CacheDir)
	}
	if len(c.Command) > 0 && c.Command[0] == "" {
		bad("Command names no program")
	}
	return errors.Join(errs...)
}

// settings is what a child has to know before it reads anything.
func (c Config) settings() settings {
	return settings{
		MemoryBytes: c.MemoryBytes,
		StackBytes:  min(maxStackBytes, c.MemoryBytes/4),
		CPUSeconds:  int64((c.CPU + time.Second - 1) / time.Second),
		AnswerBytes: maxAnswerBytes, AnswerMemory: maxAnswerMemory,
		Options: extract.Options{Limits: c.Limits, Changes: c.Changes},
	}
}
