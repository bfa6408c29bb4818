package rtf

import (
	"nianbao/extract"
	"nianbao/extract/flow"
)

// Tracked changes are properties of characters (RTF 1.9.1, "Track Changes"), that
// of a \par those of the paragraph's mark. They are read as package docx reads
// them.

// change is a tracked change.
type change uint8

const (
	unchanged change = iota
	inserted
	deleted
)

// change is the tracked change of characters; what was inserted and deleted again
// is a deletion.
func (c *charProps) change() change {
	switch {
	case c.deleted:
		return deleted
	case c.inserted:
		return inserted
	}
	return unchanged
}

// reads tells whether characters with a tracked change are read.
func (r *reading) reads(c change) bool {
	switch r.changes {
	case extract.AllChanges:
		return true
	case extract.RejectChanges:
		return c != inserted
	}
	return c != deleted
}

// marker is the tracked change that text is in, and where it began in its
// paragraph.
type marker struct {
	change
	from int
}

// mark is called before text, and with unchanged at the end of a paragraph. It
// counts changes and, where all are read, puts marks around them.
func (r *reading) mark(s *story, next change) {
	m := &s.marker
	if next == m.change {
		return
	}
	p := s.paragraph()
	if r.changes == extract.AllChanges {
		switch m.change {
		case inserted:
			p.Wrap(m.from, "{+", "+}")
		case deleted:
			p.Wrap(m.from, "[-", "-]")
		}
	}
	switch next {
	case inserted:
		r.insertions++
	case deleted:
		r.deletions++
	}
	m.change, m.from = next, p.Len()
}

// beginComment begins \annotation: comments are read where all changes are.
func (r *reading) beginComment() {
	if r.changes != extract.AllChanges {
		r.comments++
		r.g.to = toNowhere
		return
	}
	r.beginStory("comment", extract.RoleComment)
}

// follow puts a note behind the paragraph that has its mark.
func (s *story) follow(items []flow.Item) {
	for i := range items {
		items[i].Aside = true
	}
	if len(items) > 0 {
		s.paragraph().Follow(items...)
	}
}

func (r *reading) changeLosses() {
	what := "按全部接受读取"
	switch r.changes {
	case extract.RejectChanges:
		what = "按全部拒绝读取"
	case extract.AllChanges:
		what = "插入与删除均已读取并注明"
	}
	r.warn.AddN("tracked_changes", "文档中有未处理的修订（插入），"+what, r.insertions)
	r.warn.AddN("tracked_changes", "文档中有未处理的修订（删除），"+what, r.deletions)
	r.warn.AddN("comments_skipped", "批注不属于正文，未读取", r.comments)
}
