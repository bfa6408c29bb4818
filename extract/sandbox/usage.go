package sandbox

import "time"

// Usage is what reading one file took. CPU and Memory are those of the child
// from its start to its end, so they are known only where it ended with this
// file.
type Usage struct {
	Wall time.Duration
	CPU  time.Duration // 0 where unknown
	// Memory is the most that was resident, in bytes, program text included; 0
	// where unknown.
	Memory int64
	// Died tells that the child did not live to the end of its work: "memory",
	// "stack", "cpu", "panic", "unknown" where it ended by itself; "killed" where
	// the pool ended it; "answer" where its answer could not be right.
	Died string
}

// String is the cause's name in Usage.Died.
func (c cause) String() string {
	switch c {
	case causeMemory:
		return "memory"
	case causeStack:
		return "stack"
	case causeCPU:
		return "cpu"
	case causePanic:
		return "panic"
	}
	return "unknown"
}

// observe tells the observer what the file took that proc was given; end is how proc ended.
func (p *Pool) observe(u Usage, proc *process, end death) {
	if p.cfg.Observe == nil {
		return
	}
	u.Memory = proc.peak
	if end.state != nil {
		u.CPU = end.state.UserTime() + end.state.SystemTime()
		u.Memory = max(u.Memory, maxResident(end.state))
	}
	p.cfg.Observe(u)
}
