package docx

import (
	"fmt"

	"nianbao/extract"
)

// losses gathers warnings: each once, in the order of first occurrence, with
// counts where a loss may occur many times.
type losses struct {
	order  []string
	counts map[string]int
	codes  map[string]string
}

// lossLimit bounds the number of different warnings of one file.
const lossLimit = 200

// add records a loss. The message is Chinese and names the place; the same
// message is kept once and counted.
func (l *losses) add(code, message string) {
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

// addN records n occurrences at once; none for 0.
func (l *losses) addN(code, message string, n int) {
	if n <= 0 {
		return
	}
	l.add(code, message)
	if l.counts[message] > 0 {
		l.counts[message] += n - 1
	}
}

// warnings is never nil, so that its JSON is a list.
func (l *losses) warnings() []extract.Warning {
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
