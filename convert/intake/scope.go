package intake

import "slices"

// Scope is which reports somebody may see; the zero Scope is all of them.
// A report outside of it is ErrNotFound for him: he is not told that it exists.
type Scope struct {
	// Restricted limits to what Sender or Bodies select; nothing where both are
	// empty.
	Restricted bool
	// Sender: what was sent under this name (WithSender); "" selects nothing.
	Sender string
	// Bodies: the reports of the bodies with these ids.
	Bodies []string
}

// Sees tells whether a report with this sender and body ("" where it has none)
// is in the scope.
func (s *Scope) Sees(sender, bodyID string) bool {
	return !s.Restricted || sender != "" && sender == s.Sender || bodyID != "" && slices.Contains(s.Bodies, bodyID)
}
