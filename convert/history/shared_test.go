package history

import "testing"

// Of many passages those that weigh most are told, in the order of the text.
func TestSharedIsBounded(t *testing.T) {
	s := Shared{Of: 100}
	for i := range MaxShared + 5 {
		s.Passages = append(s.Passages, Passage{Section: i, Characters: 10 + i%3})
		s.Characters += 10 + i%3
	}
	s.More = 5
	s.lighten()
	if len(s.Passages) != MaxShared || s.Percent() != 100 {
		t.Fatalf("%d passages, %d %%", len(s.Passages), s.Percent())
	}
	light := 0
	for i, p := range s.Passages {
		if i > 0 && p.Section <= s.Passages[i-1].Section {
			t.Error("the order is not the text's")
		}
		if p.Characters == 10 {
			light++
		}
	}
	if light != 10 { // of 15 that weigh least, 5 are left out
		t.Errorf("%d of the lightest are told", light)
	}
}
