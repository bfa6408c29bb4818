package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// processCost is what a process took, with all the processes that it started and
// waited for.
type processCost struct {
	cpu, wall time.Duration
	status    int
	said      string // the last line on its standard error
	// own and child are the most bytes that were resident in the process and in the
	// largest of its children; 0 where not watched or unknown.
	own, child int64
}

func processorCost(c processCost) time.Duration { return c.cpu }

func clockCost(c processCost) time.Duration { return c.wall }

// per is the share of the times that one of so many files has.
func (c processCost) per(files int) processCost {
	c.cpu, c.wall = c.cpu/time.Duration(files), c.wall/time.Duration(files)
	return c
}

// measureProcess runs a command to its end, its output thrown away. The error is
// that it could not be run.
func measureProcess(ctx context.Context, argv []string) (processCost, error) {
	return runMeasured(ctx, argv, func(int, <-chan struct{}, *processCost) {})
}

// measureAtOnce runs commands side by side: the processor time of all, and the time by
// the clock until the last has ended.
func measureAtOnce(ctx context.Context, argvs ...[]string) (all processCost, err error) {
	costs, errs := make([]processCost, len(argvs)), make([]error, len(argvs))
	var running sync.WaitGroup
	for i, argv := range argvs {
		running.Go(func() { costs[i], errs[i] = measureProcess(ctx, argv) })
	}
	running.Wait()
	for _, c := range costs {
		all.cpu, all.wall = all.cpu+c.cpu, max(all.wall, c.wall)
	}
	return all, errors.Join(errs...)
}

// watchProcess is measureProcess that looks at memory as well.
func watchProcess(ctx context.Context, argv []string) (processCost, error) {
	return runMeasured(ctx, argv, watchMemory)
}

func runMeasured(ctx context.Context, argv []string, watch func(pid int, done <-chan struct{}, c *processCost)) (c processCost, err error) {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // this program, or one that the developer has installed
	var said bytes.Buffer
	cmd.Stderr = &said
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return c, err
	}
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		watch(cmd.Process.Pid, done, &c)
	}()
	err = cmd.Wait()
	close(done)
	<-watched
	c.wall = time.Since(begun)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() >= 0 && ctx.Err() == nil {
		err = nil
	}
	c.status = cmd.ProcessState.ExitCode()
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	c.said = lines[len(lines)-1]
	return c, err
}

// watchMemory notes the high water marks of a process and its children until done,
// as Linux keeps them; what grows in the last milliseconds is missed.
func watchMemory(pid int, done <-chan struct{}, c *processCost) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		c.own = max(c.own, highWater(pid))
		lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
		for _, list := range lists {
			b, _ := os.ReadFile(list)
			for _, child := range strings.Fields(string(b)) {
				if n, err := strconv.Atoi(child); err == nil {
					c.child = max(c.child, highWater(n))
				}
			}
		}
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

// highWater is the most bytes that were resident in a process; 0 where unknown.
func highWater(pid int) int64 {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return 1024 * procNumber(b, "VmHWM:")
}

func procNumber(b []byte, key string) int64 {
	_, rest, _ := strings.Cut(string(b), key)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[0], 10, 64)
	return n
}

// machine says what is measured on, and how busy it is.
func machine() string {
	s := fmt.Sprintf("%d 核，%s/%s，%s，nianbao %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), programVersion())
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(b), "model name"); ok {
			name, _, _ := strings.Cut(rest, "\n")
			s = strings.Trim(name, "\t :") + "，" + s
		}
	}
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		s += fmt.Sprintf("，内存 %d GiB", procNumber(b, "MemTotal:")>>20)
	}
	if b, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(b), " ")
		s += "；开始时负载 " + load
	}
	return s + "。"
}
