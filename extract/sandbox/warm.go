package sandbox

import "context"

// started is a child that is being started.
type started struct {
	done chan struct{} // closed when the others are final
	proc *process
	err  error
}

// Warm starts up to n children, at most Workers, before there is a file for them:
// a start costs about 20 ms, in which the caller has other things to do. It does not
// wait. What cannot be started is told by the first Extract that wanted it.
func (p *Pool) Warm(ctx context.Context, n int) {
	for range min(n, p.cfg.Workers) {
		p.mu.Lock()
		if p.closed {
			p.mu.Unlock()
			return
		}
		s := &started{done: make(chan struct{})}
		p.warming = append(p.warming, s)
		p.busy.Go(func() {
			defer close(s.done)
			s.proc, s.err = p.start(ctx)
		})
		p.mu.Unlock()
	}
}
