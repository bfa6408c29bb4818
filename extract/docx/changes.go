package docx

import (
	"slices"

	"nianbao/extract"
)

// Tracked changes (ECMA-376 §17.13.5) stand as elements around content (w:ins,
// w:del, w:moveTo, w:moveFrom) and as properties of paragraph marks, rows and
// cells. What is not read of them is counted, so that nobody takes a document
// with open changes for a finished one.

// reads tells whether what a tracked change inserted, or else deleted, is read.
func (d *reading) reads(inserted bool) bool {
	switch d.changes {
	case extract.AllChanges:
		return true
	case extract.RejectChanges:
		return !inserted
	}
	return inserted
}

// unmarked tells paragraph marks that are not there: the text goes on in the
// next paragraph.
func (d *reading) unmarked(mark runProps) bool {
	return mark.added && !d.reads(true) || mark.gone && !d.reads(false)
}

// isInsertion tells what was put in from what was taken out, by the name of the
// element.
func isInsertion(local string) bool { return local == "ins" || local == "moveTo" }

// change reads the tracked change whose start was just read; content reads what
// is in it.
func (s *story) change(content func()) {
	inserted := isInsertion(s.x.local)
	s.count(inserted)
	if s.reads(inserted) {
		content()
	} else {
		s.x.skip()
	}
}

func (d *reading) count(inserted bool) {
	if inserted {
		d.insertions++
	} else {
		d.deletions++
	}
}

// changedText reads a tracked change within a paragraph.
func (s *story) changedText(p *paragraph) {
	inserted := isInsertion(s.x.local)
	start := len(p.text)
	s.change(func() { s.inline(p) })
	if s.changes == extract.AllChanges && len(p.text) > start {
		before, after := changeMarks(inserted)
		p.text = append(slices.Insert(p.text, start, []byte(before)...), after...)
	}
}

// changeMarks are what stands around a change where all are read.
func changeMarks(inserted bool) (before, after string) {
	if inserted {
		return "{+", "+}"
	}
	return "[-", "-]"
}

func (d *reading) changeLosses() {
	what := map[extract.Changes]string{
		extract.RejectChanges: "按全部拒绝读取", extract.AllChanges: "插入与删除均已读取并注明",
	}[d.changes]
	if what == "" {
		what = "按全部接受读取"
	}
	d.warn.AddN("tracked_changes", "文档中有未处理的修订（插入），"+what, d.insertions)
	d.warn.AddN("tracked_changes", "文档中有未处理的修订（删除），"+what, d.deletions)
	if d.changes != extract.AllChanges {
		d.warn.AddN("comments_skipped", "批注不属于正文，未读取", len(d.comments.order))
	}
}
