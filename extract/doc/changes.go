package doc

import (
	"nianbao/extract"
	"nianbao/extract/flow"
)

// Tracked changes stand among the properties of characters; the mark of a
// paragraph or row that is one is a change of the whole. They are read as those
// of package docx.

// reads tells whether characters with tracked changes are read.
func (d *reading) reads(p *charProps) bool {
	switch d.changes {
	case extract.AllChanges:
		return true
	case extract.RejectChanges:
		return !p.inserted
	}
	return !p.deleted
}

// change is a tracked change of characters.
type change int

const (
	unchanged change = iota
	inserted
	deleted
)

func (p *charProps) change() change {
	switch {
	case p.deleted:
		return deleted
	case p.inserted:
		return inserted
	}
	return unchanged
}

// marker is the tracked change that runs are in, and where its text began.
type marker struct {
	change
	from int
}

// mark is called before each run, and with unchanged at the end of a paragraph.
// It counts changes and, where all are read, puts marks around them.
func (s *story) mark(m *marker, p *flow.Paragraph, next change) {
	if next == m.change {
		return
	}
	if s.changes == extract.AllChanges {
		switch m.change {
		case inserted:
			p.Wrap(m.from, "{+", "+}")
		case deleted:
			p.Wrap(m.from, "[-", "-]")
		}
	}
	switch next {
	case inserted:
		s.insertions++
	case deleted:
		s.deletions++
	}
	m.change, m.from = next, p.Len()
}

func (d *reading) changeLosses() {
	what := "按全部接受读取"
	switch d.changes {
	case extract.RejectChanges:
		what = "按全部拒绝读取"
	case extract.AllChanges:
		what = "插入与删除均已读取并注明"
	}
	d.warn.AddN("tracked_changes", "文档中有未处理的修订（插入），"+what, d.insertions)
	d.warn.AddN("tracked_changes", "文档中有未处理的修订（删除），"+what, d.deletions)
	d.warn.AddN("comments_skipped", "批注不属于正文，未读取", d.skippedComments)
}
