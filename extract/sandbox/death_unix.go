//go:build unix

package sandbox

import (
	"os"
	"runtime"
	"syscall"
)

// signalCause tells what a signal that the parent did not send means: the kernel
// kills by SIGKILL when memory runs out, and by SIGXCPU at the CPU limit.
func signalCause(state *os.ProcessState) cause {
	status, ok := state.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() {
		return causeUnknown
	}
	switch status.Signal() {
	case syscall.SIGKILL:
		return causeMemory
	case syscall.SIGXCPU:
		return causeCPU
	}
	return causePanic
}

// maxResident is the most memory that the process had resident, in bytes.
func maxResident(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" { // bytes there, KiB elsewhere
		return int64(usage.Maxrss) //nolint:unconvert // not int64 on all systems
	}
	return int64(usage.Maxrss) << 10 //nolint:unconvert // not int64 on all systems
}
