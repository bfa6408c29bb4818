package auth

import (
	"fmt"
	"net/netip"
	"sync"
	"time"
)

const (
	// failBurst failed attempts an address are answered at once, then one in
	// failEvery.
	failBurst = 10
	failEvery = 6 * time.Second
	// maxAddresses bounds the memory of failed attempts, about 100 bytes each.
	maxAddresses = 10_000
	// addressBits of an IPv6 address are one client: a customer gets a /64.
	addressBits = 64
)

// BusyError says that an address failed too often.
type BusyError struct {
	RetryAfter time.Duration
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("auth: too many failed attempts, again in %s", e.RetryAfter)
}

// limiter is a token bucket for each address that failed. A bucket is the time
// at which it will be full again: full buckets need no memory.
type limiter struct {
	mu   sync.Mutex
	full map[netip.Prefix]time.Time
}

func newLimiter() *limiter { return &limiter{full: map[netip.Prefix]time.Time{}} }

// fail counts a failed attempt. It returns a *BusyError, and counts nothing,
// where there were too many.
func (l *limiter) fail(addr netip.Addr, now time.Time) error {
	key := client(addr)
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[key]
	if full.Before(now) {
		full = now
	}
	full = full.Add(failEvery)
	if over := full.Sub(now) - failBurst*failEvery; over > 0 {
		return &BusyError{RetryAfter: over}
	}
	if _, known := l.full[key]; !known && len(l.full) >= maxAddresses {
		l.makeRoom(now)
	}
	l.full[key] = full
	return nil
}

// makeRoom drops the buckets that are full, and where there is none any one: who
// commands ten thousand addresses is not slowed by one bucket.
func (l *limiter) makeRoom(now time.Time) {
	for key, full := range l.full {
		if !full.After(now) {
			delete(l.full, key)
		}
	}
	for key := range l.full {
		if len(l.full) < maxAddresses {
			return
		}
		delete(l.full, key)
	}
}

func client(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	if addr.Is6() {
		bits = addressBits
	}
	p, _ := addr.Prefix(bits) // the zero address has the zero prefix, which is as good a key
	return p
}
