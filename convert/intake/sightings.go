package intake

import "time"

// sightings tell for how long things have stayed as they are, by a clock that
// nobody sets. The zero value is ready.
type sightings map[string]sighting

type sighting struct {
	mark  int64
	since time.Duration
}

// look takes down what there is now, by name, with a mark that changes whenever the
// thing shows life; what is not there any more is forgotten. It returns for how
// long each has had its mark, as far as was seen.
func (s *sightings) look(now time.Duration, marks map[string]int64) map[string]time.Duration {
	next, ages := make(sightings, len(marks)), make(map[string]time.Duration, len(marks))
	for name, mark := range marks {
		last, known := (*s)[name]
		if !known || last.mark != mark {
			last = sighting{mark: mark, since: now}
		}
		next[name], ages[name] = last, now-last.since
	}
	*s = next
	return ages
}
