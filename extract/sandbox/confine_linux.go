package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/landlock-lsm/go-landlock/landlock"
	llsyscall "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// maxOpenFiles is more than a child needs: the connection, one file, the
// runtime's own.
const maxOpenFiles = 64

// confine puts all holds on the running process and tells which ones this
// system allowed. It cannot be undone.
func confine(s settings) Report {
	var r Report
	r.note("rlimit_data", limitData(s.MemoryBytes))
	r.note("rlimit_core", hardLimit(unix.RLIMIT_CORE, 0))
	r.note("rlimit_fsize", hardLimit(unix.RLIMIT_FSIZE, 0))
	r.note("rlimit_nofile", hardLimit(unix.RLIMIT_NOFILE, maxOpenFiles))
	// Below the wall, so that the collector works harder before it is hit.
	collect(s)
	debug.SetMaxStack(int(s.StackBytes))
	watchCPU()
	r.note("rlimit_cpu", grantCPU(s.CPUSeconds))
	r.note("landlock", restrictPaths(s.Engine))
	r.note("seccomp", filterCalls())
	return r
}

// limitData bounds the writable private memory.
func limitData(bytes int64) error {
	if raceDetector {
		return errors.New("the race detector's shadow memory would count")
	}
	return hardLimit(unix.RLIMIT_DATA, uint64(bytes))
}

// hardLimit sets a limit that cannot be raised again.
func hardLimit(resource int, value uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(resource, &now); err != nil {
		return err
	}
	value = min(value, now.Max) // a lower one given from outside stays
	return unix.Setrlimit(resource, &unix.Rlimit{Cur: value, Max: value})
}

// watchCPU ends the process when the soft CPU limit is reached; the Go runtime
// takes no action on the signal by itself.
func watchCPU() {
	over := make(chan os.Signal, 1)
	signal.Notify(over, unix.SIGXCPU)
	go func() {
		<-over
		os.Exit(exitCPU)
	}()
}

// grantCPU sets the soft CPU limit to what was used so far and seconds more. The
// limit counts over the whole life of a process, so each file raises it.
func grantCPU(seconds int64) error {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return err
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &limit); err != nil {
		return err
	}
	spent := used.Utime.Nano() + used.Stime.Nano()
	limit.Cur = min(uint64((spent+1e9-1)/1e9+seconds), limit.Max)
	return unix.Setrlimit(unix.RLIMIT_CPU, &limit)
}

// restrictPaths denies all paths but what the second engine reads, TCP, and
// signals to processes outside, as far as the kernel's Landlock knows them.
func restrictPaths(e *engineSettings) error {
	abi, err := llsyscall.LandlockGetABIVersion()
	if err != nil {
		return fmt.Errorf("landlock: %w", err)
	}
	if abi < 1 {
		return errors.New("landlock: not enabled in this kernel")
	}
	var readable []landlock.Rule
	if e != nil {
		readable = append(readable, landlock.RODirs(append([]string{e.CacheDir}, e.Fonts...)...).IgnoreIfMissing())
	}
	return landlock.V11.BestEffort().Restrict(readable...)
}
