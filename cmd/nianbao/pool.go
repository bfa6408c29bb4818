package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/pflag"

	"nianbao/extract"
	"nianbao/extract/sandbox"
)

// readingConfig is how files are read; serve, convert and extract share it.
type readingConfig struct {
	Jobs      int           // files read at the same time
	Timeout   time.Duration // wall clock for one file
	CPU       time.Duration // processor time for one file
	MemoryMiB int64         // memory of one reading process
	Pages     int           // pages of a PDF
	ExpandMiB int64         // decompressed bytes of one file
	Cache     string        // compiled form of the second PDF engine
	Changes   string        // what tracked changes count as; "" as accepted
}

func (c *readingConfig) flags(f *pflag.FlagSet) {
	d := extract.DefaultLimits()
	f.IntVar(&c.Jobs, "jobs", runtime.NumCPU(), "同时读取的文件数")
	f.DurationVar(&c.Timeout, "timeout", 60*time.Second, "读取一个文件的最长时间")
	f.DurationVar(&c.CPU, "cpu-timeout", 30*time.Second, "读取一个文件的最长处理器时间")
	f.Int64Var(&c.MemoryMiB, "memory-mib", 512, "每个读取进程的内存上限（MiB）")
	f.IntVar(&c.Pages, "max-pages", d.Pages, "PDF 页数上限")
	f.StringVar(&c.Cache, "cache", "", "第二 PDF 引擎编译结果的目录（约 20 MB）；为空时 serve 用数据目录下的 cache，其他命令用用户缓存目录")
	f.Int64Var(&c.ExpandMiB, "max-expand-mib", d.DecompressedBytes>>20, "一个文件解压后的字节上限（MiB）")
}

// changesFlag is for the commands that read files for whoever calls them; what
// the service stores is always read as accepted, so that it can be compared.
func (c *readingConfig) changesFlag(f *pflag.FlagSet) {
	f.StringVar(&c.Changes, "track-changes", string(extract.AcceptChanges),
		"Word 修订：accept 按全部接受读取；reject 按全部拒绝；all 两者都读，插入记作 {+…+}，删除记作 [-…-]，并附批注")
}

func (c *readingConfig) validate() error {
	var errs []error
	check := func(ok bool, msg string) {
		if !ok {
			errs = append(errs, errors.New(msg))
		}
	}
	check(c.Jobs >= 1, "--jobs 不得小于 1")
	check(c.Timeout >= time.Second, "--timeout 不得小于 1s")
	check(c.CPU >= time.Second, "--cpu-timeout 不得小于 1s")
	check(c.MemoryMiB >= 128, "--memory-mib 不得小于 128")
	check(c.Pages >= 1, "--max-pages 不得小于 1")
	check(c.ExpandMiB >= 1, "--max-expand-mib 不得小于 1")
	check(extract.Changes(c.Changes).Validate() == nil, "--track-changes 只能是 accept、reject 或 all")
	return errors.Join(errs...)
}

// wanted is how many reading processes the paths will want: a directory may hold many files; none
// where a path is refused.
func (c *readingConfig) wanted(paths []string) int {
	n := len(paths)
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return 0
		}
		if info.IsDir() {
			n += c.Jobs
		}
	}
	return min(n, c.Jobs)
}

// pool starts the reading processes' pool (the processes themselves start when
// there is work).
func (c *readingConfig) pool(log *slog.Logger) (*sandbox.Pool, error) {
	return c.watchedPool(log, nil)
}

// watchedPool is pool with an observer; nil for none.
func (c *readingConfig) watchedPool(log *slog.Logger, o sandbox.Observer) (*sandbox.Pool, error) {
	cfg := c.sandbox(log)
	cfg.Observer = o
	return sandbox.New(cfg)
}

func (c *readingConfig) sandbox(log *slog.Logger) sandbox.Config {
	limits := extract.DefaultLimits()
	limits.Pages = c.Pages
	limits.DecompressedBytes = c.ExpandMiB << 20
	return sandbox.Config{
		Workers:     c.Jobs,
		Wall:        c.Timeout,
		CPU:         c.CPU,
		MemoryBytes: c.MemoryMiB << 20,
		Limits:      limits,
		Changes:     extract.Changes(c.Changes),
		CacheDir:    c.cacheDir(),
		Logger:      log,
	}
}

// cacheDir is where the second engine is kept; empty, and so without it, where
// the system names no place.
func (c *readingConfig) cacheDir() string {
	dir := c.Cache
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(user, "nianbao")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	return filepath.Join(abs, "pdfium")
}

// picturesDir is where pictures of pages are kept; c.Cache must be set.
func (c *readingConfig) picturesDir() string { return filepath.Join(c.Cache, "pages") }
