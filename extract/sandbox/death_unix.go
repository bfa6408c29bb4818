//go:build unix

package sandbox

import (
	"os"
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
