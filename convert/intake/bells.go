package intake

import "sync"

// bells wake those in this process who wait for reports to be settled.
type bells struct {
	mu sync.Mutex
	on map[string][]chan struct{} // by report id
}

// listen returns a channel that receives when the report is settled here; hangUp
// must be called in the end.
func (b *bells) listen(id string) (bell <-chan struct{}, hangUp func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.on == nil {
		b.on = map[string][]chan struct{}{}
	}
	b.on[id] = append(b.on[id], c)
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		left := b.on[id][:0]
		for _, other := range b.on[id] {
			if other != c {
				left = append(left, other)
			}
		}
		if len(left) == 0 {
			delete(b.on, id)
			return
		}
		b.on[id] = left
	}
}

// ring wakes whoever waits for the report.
func (b *bells) ring(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.on[id] {
		select {
		case c <- struct{}{}:
		default: // it was rung already
		}
	}
}
