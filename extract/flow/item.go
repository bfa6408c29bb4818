package flow

import "nianbao/extract"

// Item is one element of a story on its way into the document: a block, a
// table, or an empty paragraph, which counts only for what stands beside it.
type Item struct {
	Block extract.Block
	Table *Table
	Empty bool
	// Aside marks notes and comments: they part nothing that stands around them.
	Aside bool
	// Later stands for items that the reader puts in this place before Assemble.
	Later any
}

// Sink takes what a container holds. In a cell paragraphs become the cell's
// text and everything else follows the table; elsewhere all become items.
type Sink struct {
	Items []Item
	Role  extract.Role
	Cell  *Cell
	// Whole asks a cell to keep its content as items as well.
	Whole   bool
	Content []Item
}

// Put adds items. In a cell the text of the story itself becomes lines of the
// cell.
func (to *Sink) Put(items ...Item) {
	if to.Cell == nil {
		to.Items = append(to.Items, items...)
		return
	}
	if to.Whole {
		to.Content = append(to.Content, items...)
	}
	for _, it := range items {
		switch {
		case it.Empty:
		case it.IsText() && it.Block.Role == to.Role:
			to.Cell.AddLine(it.Block.Text)
		default:
			to.Items = append(to.Items, it)
		}
	}
}

// InRole gives pictures, which know no role of their own, the role of the story
// they stand in.
func InRole(items []Item, role extract.Role) []Item {
	for i := range items {
		if items[i].Table == nil && items[i].Block.Role == "" {
			items[i].Block.Role = role
		}
	}
	return items
}

// IsText tells a paragraph or heading.
func (it *Item) IsText() bool {
	return it.Table == nil && (it.Block.Type == extract.Paragraph || it.Block.Type == extract.Heading)
}

// layout is the work of laying tables on their grids.
type layout struct {
	lim extract.Limits
	// mergedText counts cells whose text a merge hides.
	mergedText int
}

// Assemble turns items into the document: tables split by accident are joined,
// all are laid on their grids and numbered. Errors are [*extract.Error] over
// lim.TableCells.
func Assemble(items []Item, lim extract.Limits, warn *Losses) (*extract.Document, error) {
	d := &layout{lim: lim}
	items = join(items)
	doc := &extract.Document{Blocks: make([]extract.Block, 0, len(items)), Tables: []extract.Table{}, Pages: []extract.Page{}}
	for _, it := range items {
		if it.Table == nil {
			doc.Blocks = append(doc.Blocks, it.Block)
			continue
		}
		t, err := d.table(it.Table)
		if err != nil {
			return nil, err
		}
		t.Index = len(doc.Tables)
		index := t.Index
		doc.Tables = append(doc.Tables, t)
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: &index, Part: t.Part, Role: it.Table.Role})
	}
	warn.AddN("merged_text", "被合并的单元格中另有不显示的文字，未读取", d.mergedText)
	return doc, nil
}
