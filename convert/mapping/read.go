package mapping

import (
	"sync"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// The values of report.Form for reports without statutory tables.
const (
	FormPre2019   = "pre2019"
	FormNarrative = "narrative"
)

// Reader reads documents by a set of forms. Making one costs more than reading a
// short report. It is safe for concurrent use.
//
// Every report prints the labels, headers and headings of the same few forms. What
// these say is kept from document to document, in memories that one reading at a
// time has: the reading of a second report costs a third of the first. They hold
// results of pure functions only, no more than maxKept texts and maxKeptBytes of
// them each, so that no document changes what is read of another.
type Reader struct {
	forms    []form.Form
	indices  []*index
	cells    int // of figures, of the form that has most
	chapters *chapterWords
	memories sync.Pool // of *texts
}

// What is kept from document to document, at most: some 50 reports' different
// texts. Each text takes about 300 bytes beside its own.
const (
	maxKept      = 4096
	maxKeptBytes = 1 << 19
)

// texts is a memory for one document; give it back by release.
func (r *Reader) texts() *texts {
	t, ok := r.memories.Get().(*texts)
	if !ok {
		t = newTexts(len(r.forms))
	}
	t.document++
	t.compared = 0
	return t
}

// release keeps the memory for the next document, unless it grew too large.
func (r *Reader) release(t *texts) {
	if t.size() <= maxKept && t.bytes <= maxKeptBytes {
		r.memories.Put(t)
	}
}

// NewReader makes a reader. The forms must not be changed afterwards.
func NewReader(forms []form.Form) *Reader {
	r := &Reader{forms: forms, chapters: newChapterWords(forms)}
	for i := range forms {
		f := &forms[i]
		r.indices = append(r.indices, &index{form: f, number: i, labels: newLabels(f), words: newWords(f)})
		r.cells = max(r.cells, len(f.Cells()))
	}
	return r
}

// Read reads the document by the given forms, see [Reader.Read].
func Read(doc *extract.Document, forms []form.Form) *Reading { return NewReader(forms).Read(doc) }

// Read reads a document. It never fails: what is not there stays nil in the
// report. The document is not changed; the same document gives the same reading.
func (r *Reader) Read(doc *extract.Document) *Reading {
	out := &Reading{Provenance: map[string]report.Place{}, Tables: map[string][]int{}, TableForms: map[string]*form.Form{}}
	if doc == nil {
		doc = &extract.Document{}
	}
	t := r.texts()
	defer r.release(t)
	found := r.readTables(doc, t)
	if len(found.tables) > 0 {
		out.Provenance = make(map[string]report.Place, r.cells) // grown by and by it costs twice as much
	}
	lines := bodyLines(doc)
	o := readOutline(lines, r.chapters, t)
	out.readIdentity(doc, lines, &o)
	out.Report.Registration = readRegistration(doc)
	out.setForm(doc, r.forms, found)
	return out
}

// setForm takes over the statutory tables and names the form.
func (out *Reading) setForm(doc *extract.Document, forms []form.Form, found *tables) {
	if len(found.tables) == 0 {
		out.Report.Form = FormNarrative
		if isPre2019(doc) {
			out.Report.Form = FormPre2019
		}
		return
	}
	main := found.main
	if main < 0 { // the tables found are the same in all forms
		main = 0
		if out.Report.Year != nil {
			for i := range forms {
				if forms[i].ID == form.InForce(forms, *out.Report.Year) {
					main = i
				}
			}
		}
	}
	out.Form = &forms[main]
	out.Report.Form = forms[main].ID
	for key, t := range found.tables {
		by := &forms[main]
		if t.form >= 0 {
			by = &forms[t.form]
		}
		out.TableForms[key] = by
		out.Tables[key] = t.instance.tables
		out.Report.SetTable(key, out.figures(by.Table(key), t.instance))
	}
}

// FormOf is the form by which the given table was read. It differs from Form
// where a report mixes the tables of two forms; nil where the table is missing.
func (out *Reading) FormOf(table string) *form.Form {
	if f := out.TableForms[table]; f != nil {
		return f
	}
	if out.Report.Table(table) != nil {
		return out.Form
	}
	return nil
}

// figures makes the tree of the table's figures, in the order of the form, and
// notes where each was read. Rows that are not printed are null.
func (out *Reading) figures(t *form.Table, in *instance) *report.Node {
	printed := t.Printed(func(group string) bool {
		if in.rows[group] == nil {
			return false
		}
		for i := range t.Parts {
			for _, r := range t.Parts[i].Rows {
				if r.Collapses == group && in.rows[r.Path] != nil {
					return false
				}
			}
		}
		return true
	})
	root := &report.Node{Name: t.Key}
	for p := range printed.Parts {
		part := &printed.Parts[p]
		for r := range part.Rows {
			row := &part.Rows[r]
			got, node := in.rows[row.Path], root
			if row.Path != "" {
				node = root.Ensure(row.Path)
			}
			for c := range part.Columns {
				pointer := printed.Pointer(row, &part.Columns[c])
				leaf := node.Ensure(part.Columns[c].Path)
				if got == nil || !got.present[c] {
					continue
				}
				if got.ambiguous {
					out.Provenance[pointer] = *got.all
					continue
				}
				leaf.Value = got.cells[c].value()
				out.Provenance[pointer] = got.cells[c].place()
			}
		}
	}
	return root
}

// tables is what the forms together found in a document.
type tables struct {
	main   int // index of the form that the tables tell; -1 where they fit all
	tables map[string]foundTable
}

type foundTable struct {
	form     int // -1: all forms have the same table
	instance *instance
}

// readTables reads the document by every form and decides, table by table, by
// which form it is. The table of chapter 二 tells the form of the report, then
// that of chapter 三: the order of Form.Tables.
func (r *Reader) readTables(doc *extract.Document, t *texts) *tables {
	forms := r.forms
	scans := r.scan(doc, t)
	out := &tables{main: -1, tables: map[string]foundTable{}}
	for _, key := range tableKeys(forms) {
		best, tied, strength := -1, false, 0.0
		for i, s := range scans {
			d, t := s.drafts[key], forms[i].Table(key)
			if d == nil || t == nil || d.best(t) == nil {
				continue
			}
			st := d.strength(t)
			switch {
			case best < 0 || st > strength+1e-9:
				best, tied, strength = i, false, st
			case st > strength-1e-9:
				tied = true
			}
		}
		if best < 0 {
			continue
		}
		by := best
		if out.main >= 0 { // the report's form reads the table, if none reads more of it
			if d, t := scans[out.main].drafts[key], forms[out.main].Table(key); d != nil && t != nil {
				if in := d.best(t); in != nil && len(in.rows) >= len(scans[best].drafts[key].best(forms[best].Table(key)).rows) {
					by = out.main
				}
			}
		} else if !tied {
			out.main = best
		}
		f := by
		if tied && out.main < 0 {
			f = -1
		}
		out.tables[key] = foundTable{form: f, instance: scans[by].drafts[key].best(forms[by].Table(key))}
	}
	return out
}

// scan reads the document's tables by each form.
func (r *Reader) scan(doc *extract.Document, t *texts) []*scan {
	scans := make([]*scan, len(r.indices))
	for i, x := range r.indices {
		scans[i] = newScan(&memory{x, t})
	}
	for i := range doc.Tables {
		if g := newGridTable(&doc.Tables[i], t); g != nil {
			for _, s := range scans {
				s.readTable(g)
			}
		}
	}
	for _, s := range scans {
		s.placeLoose()
	}
	return scans
}

// tableKeys lists the keys of all forms' tables in the order of the forms.
func tableKeys(forms []form.Form) []string {
	var out []string
	seen := map[string]bool{}
	for i := range forms {
		for _, t := range forms[i].Tables {
			if !seen[t.Key] {
				seen[t.Key] = true
				out = append(out, t.Key)
			}
		}
	}
	return out
}

// strength says how well a form's labels fit the printed table: rows told, and
// columns told by their headers, which differ more between the forms. A row
// read as the group it belongs to counts half.
func (d *draft) strength(t *form.Table) float64 {
	in := d.best(t)
	sum := float64(d.told)
	for _, r := range in.rows {
		s := r.score
		if r.ambiguous {
			s -= 0.5
		}
		if r.collapsed {
			s -= 0.5
		}
		sum += s
	}
	return sum
}
