package intake

import (
	"maps"
	"testing"
	"time"
)

func TestSightings(t *testing.T) {
	var s sightings
	for i, tt := range []struct {
		now   time.Duration
		marks map[string]int64
		want  map[string]time.Duration
	}{
		{5, map[string]int64{"a": 1, "b": 7}, map[string]time.Duration{"a": 0, "b": 0}},
		{8, map[string]int64{"a": 1, "b": 6}, map[string]time.Duration{"a": 3, "b": 0}}, // back is a sign of life, too
		{9, map[string]int64{"a": 1, "c": 1}, map[string]time.Duration{"a": 4, "c": 0}},
		{20, map[string]int64{"b": 6}, map[string]time.Duration{"b": 0}}, // it was away
		{21, nil, map[string]time.Duration{}},
	} {
		if got := s.look(tt.now, tt.marks); !maps.Equal(got, tt.want) {
			t.Errorf("%d: %v, want %v", i, got, tt.want)
		}
	}
}
