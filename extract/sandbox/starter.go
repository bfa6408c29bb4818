package sandbox

import (
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// starter starts processes from one operating system thread that lives as long
// as the pool. Linux ties Pdeathsig to the thread that forked, not to the
// process: a child started from an ordinary goroutine would be killed whenever
// the runtime ends that goroutine's thread.
type starter struct {
	jobs chan startJob
	done sync.WaitGroup
}

type startJob struct {
	cmd *exec.Cmd
	err chan<- error
}

// childTimerSlack is how late a sleep of a child may end. The Go runtime watches over
// a process that does something with sleeps of 20 µs, fifty of them for each file: a
// tenth of a child's processor time. What somebody waits for is woken as ever.
const childTimerSlack = time.Millisecond

// newStarter starts the thread; stop ends it.
func newStarter() *starter {
	s := &starter{jobs: make(chan startJob)}
	s.done.Go(func() {
		// Unlocked at the end: a goroutine that ends locked ends its thread.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		setTimerSlack(childTimerSlack)
		defer setTimerSlack(0) // what it was
		for job := range s.jobs {
			job.err <- job.cmd.Start()
		}
	})
	return s
}

// start is cmd.Start on the thread. It must not be called after stop.
func (s *starter) start(cmd *exec.Cmd) error {
	err := make(chan error, 1)
	s.jobs <- startJob{cmd, err}
	return <-err
}

// stop ends the thread; all processes must have ended.
func (s *starter) stop() {
	close(s.jobs)
	s.done.Wait()
}
