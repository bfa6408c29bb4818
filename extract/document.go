package extract

import (
	"math"
	"strconv"
)

// Extraction is what a reader makes of one file: the neutral document and the
// account of how it was read.
type Extraction struct {
	// Format is the file format told from the content.
	Format Format `json:"format"`
	// Engine names the reader or readers that produced the document, for
	// instance "docx", "pdf", "pdf+pdfium".
	Engine string `json:"engine"`
	// Warnings is the loss account: whatever was skipped, degraded or
	// unreadable, with its place.
	Warnings []Warning `json:"warnings"`
	// Document is the neutral document. It is never nil after a successful read.
	Document *Document `json:"document"`
}

// Document is the neutral document: blocks in reading order, tables as grids
// and the pages they stand on. It knows nothing of annual reports. Its JSON is
// "document" in the result schema.
type Document struct {
	Blocks []Block `json:"blocks"`
	Tables []Table `json:"tables"`
	// Pages is empty for formats without fixed pages (Word).
	Pages []Page `json:"pages"`
}

// BlockType says what a Block is.
type BlockType string

// The kinds of blocks.
const (
	Heading   BlockType = "heading"
	Paragraph BlockType = "paragraph"
	TableRef  BlockType = "table"
	Image     BlockType = "image"
)

// Role says where on the page or in the file a Block stands.
type Role string

// The roles a block may have. The zero value means RoleBody.
const (
	RoleBody     Role = "body"
	RoleHeader   Role = "header"
	RoleFooter   Role = "footer"
	RoleFootnote Role = "footnote"
	RoleTextbox  Role = "textbox"
	// RoleDiagram is the text of a drawn diagram (SmartArt), RoleChart the titles,
	// categories and values of a chart: both stand at their anchor.
	RoleDiagram Role = "diagram"
	RoleChart   Role = "chart"
	// RoleComment is what a reader noted beside the text; only AllChanges reads it.
	RoleComment Role = "comment"
)

// Block is one element of the reading order.
type Block struct {
	Type BlockType `json:"type"`
	// Level is the level of a heading, 1 the highest; 0 for other blocks.
	Level int `json:"level,omitempty"`
	// Number is the printed ordinal of a heading or list paragraph with its
	// punctuation ("一、", "（二）", "3."), whether typed or made by Word's
	// automatic numbering; nil where there is none.
	Number *string `json:"number,omitempty"`
	// Text is the whole text as printed, Number included. A forced line break
	// inside the paragraph is "\n".
	Text string `json:"text"`
	// Table is the index into Document.Tables of a TableRef block.
	Table *int `json:"table,omitempty"`
	// Page is the 1-based page the block starts on; nil in Word.
	Page *int `json:"page,omitempty"`
	// Part is, for Word, the part and the position in it, for instance
	// "word/document.xml#p12" (twelfth paragraph of the part, from 0) or
	// "word/document.xml#tbl2/r3/c1".
	Part *string `json:"part,omitempty"`
	// BBox is in points from the top left of Page; nil in Word.
	BBox *BBox `json:"bbox,omitempty"`
	Role Role  `json:"role,omitempty"`

	// Align is "left", "center", "right" or "justify" where known: titles are
	// centred, signatures stand right.
	Align string `json:"align,omitempty"`
	// Size is the font size in points of most of the text; 0 where unknown.
	Size float64 `json:"size,omitempty"`
	// Bold is true where most of the text is bold.
	Bold bool `json:"bold,omitempty"`
	// Width and Height are the extent of an image in points; 0 where unknown.
	Width  float64 `json:"width,omitempty"`
	Height float64 `json:"height,omitempty"`
}

// BBox is x0, y0, x1, y1 in points; origin at the page's top left, y downwards.
type BBox [4]float64

// Union is the smallest box that holds both.
func (b BBox) Union(o BBox) BBox {
	return BBox{min(b[0], o[0]), min(b[1], o[1]), max(b[2], o[2]), max(b[3], o[3])}
}

// Hundredths is the box in hundredths of a point, rounded: more digits are noise and
// bulk.
func (b BBox) Hundredths() [4]int64 {
	var out [4]int64
	for i, v := range b {
		out[i] = int64(v*100 + math.Copysign(0.5, v))
	}
	return out
}

// MarshalJSON rounds to 1/100 point.
func (b BBox) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, 40)
	out = append(out, '[')
	for i, n := range b.Hundredths() {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendFloat(out, float64(n)/100, 'f', -1, 64)
	}
	return append(out, ']'), nil
}

// Table is a grid of Rows × Columns. Every grid position is covered by at most
// one cell; a merged cell stands once, at its top left position, with its
// spans. Positions that the source leaves out (gridBefore, ragged rows) are
// covered by no cell.
type Table struct {
	Index   int `json:"index"`
	Rows    int `json:"rows"`
	Columns int `json:"columns"`
	// ColumnWidths are the widths of the columns in points; nil where the file
	// does not tell them.
	ColumnWidths []float64 `json:"column_widths,omitempty"`
	// HeaderRows is how many rows at the top the file marks as headers that are
	// repeated on each page; 0 where it marks none.
	HeaderRows int    `json:"header_rows,omitempty"`
	Pages      []int  `json:"pages,omitempty"`
	Cells      []Cell `json:"cells"` // by row, then column
	// Joined lists the pieces that were joined into this table, in order; nil
	// where it stood in one piece.
	Joined []Piece `json:"joined,omitempty"`
	Part   *string `json:"part,omitempty"`
	BBox   *BBox   `json:"bbox,omitempty"` // of the first piece
}

// Cell is one cell of a Table. Row and Column count from 0.
type Cell struct {
	Row        int     `json:"row"`
	Column     int     `json:"column"`
	RowSpan    int     `json:"row_span"`
	ColumnSpan int     `json:"column_span"`
	Text       string  `json:"text"` // paragraphs joined by "\n"
	Page       *int    `json:"page,omitempty"`
	BBox       *BBox   `json:"bbox,omitempty"`
	Part       *string `json:"part,omitempty"`
	// Parts are the parts of a cell that was cut by a page break, in order; nil
	// where it stands on one page. Text is all of them together, BBox the first's.
	Parts []CellPart `json:"parts,omitempty"`
}

// CellPart is what stands on one page of a cell that was cut.
type CellPart struct {
	Page int    `json:"page"`
	BBox *BBox  `json:"bbox,omitempty"`
	Text string `json:"text"`
}

// Piece records one piece of a table that was joined over pages (or over an
// accidental gap), so that the join can be undone (Table.Unjoin).
type Piece struct {
	FirstRow int   `json:"first_row"` // row of the joined table where the piece starts
	Page     int   `json:"page"`
	BBox     *BBox `json:"bbox,omitempty"`
	// Evidence says in a few words why the piece was joined to the one before.
	Evidence string `json:"evidence,omitempty"`
	// RowCut is true where the piece's first row continues the last row of the
	// piece before; FirstRow is then that row.
	RowCut bool `json:"row_cut,omitempty"`
	// HeaderDropped is the number of repeated header rows left out.
	HeaderDropped int `json:"header_dropped,omitempty"`
}

// Page is one page of a format with fixed pages.
type Page struct {
	Number    int       `json:"number"` // from 1
	Width     float64   `json:"width"`  // points, after rotation
	Height    float64   `json:"height"`
	TextLayer TextLayer `json:"text_layer"`
}

// TextLayer is the verdict on the text of a page.
type TextLayer string

// The verdicts on a page's text layer.
const (
	TextGood    TextLayer = "good"
	TextNone    TextLayer = "none"    // nothing readable: a scan, or a blank page
	TextGarbled TextLayer = "garbled" // text without trustworthy characters
	TextOCR     TextLayer = "ocr"
)

// Warning is one entry of the loss account.
type Warning struct {
	// Code is a stable snake_case word, for instance "font_without_map".
	Code string `json:"code"`
	// Message is Chinese, for the person who uploaded the file.
	Message string `json:"message"`
	Page    *int   `json:"page,omitempty"`
}

// CellAt returns the cell that covers the grid position, or nil.
func (t *Table) CellAt(row, column int) *Cell {
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row <= row && row < c.Row+c.RowSpan && c.Column <= column && column < c.Column+c.ColumnSpan {
			return c
		}
	}
	return nil
}

// Grid returns Rows × Columns pointers to the covering cells, nil where no cell
// covers the position. Use it instead of many calls of CellAt.
func (t *Table) Grid() [][]*Cell {
	flat := make([]*Cell, t.Rows*t.Columns)
	grid := make([][]*Cell, t.Rows)
	for r := range grid {
		grid[r] = flat[r*t.Columns : (r+1)*t.Columns]
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		for r := c.Row; r < min(c.Row+c.RowSpan, t.Rows); r++ {
			for k := c.Column; k < min(c.Column+c.ColumnSpan, t.Columns); k++ {
				grid[r][k] = c
			}
		}
	}
	return grid
}
