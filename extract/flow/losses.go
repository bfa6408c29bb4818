package flow

import (
	"fmt"

	"nianbao/extract"
)

// Losses gathers warnings: each once, in the order of first occurrence, with
// counts where a loss may occur many times.
type Losses struct {
	order  []string
	counts map[string]int
	codes  map[string]string
}

// lossLimit bounds the number of different warnings of one file.
const lossLimit = 200

// Add records a loss. The message is Chinese and names the place; the same
// message is kept once and counted.
func (l *Losses) Add(code, message string) {
	if l.counts == nil {
		l.counts, l.codes = map[string]int{}, map[string]string{}
	}
	if l.counts[message] == 0 {
		if len(l.order) >= lossLimit {
			return
		}
		l.order = append(l.order, message)
		l.codes[message] = code
	}
	l.counts[message]++
}

// AddN records n occurrences at once; none for 0.
func (l *Losses) AddN(code, message string, n int) {
	if n <= 0 {
		return
	}
	l.Add(code, message)
	if l.counts[message] > 0 {
		l.counts[message] += n - 1
	}
}

// Warnings is never nil, so that its JSON is a list.
func (l *Losses) Warnings() []extract.Warning {
	out := make([]extract.Warning, 0, len(l.order))
	for _, m := range l.order {
		text := m
		if n := l.counts[m]; n > 1 {
			text = fmt.Sprintf("%s（%d 处）", m, n)
		}
		out = append(out, extract.Warning{Code: l.codes[m], Message: text})
	}
	return out
}
