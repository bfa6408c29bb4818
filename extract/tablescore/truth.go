package tablescore

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"nianbao/extract"
)

// mostPositions bounds the grid of a table of a truth: more is a mistake in it.
const mostPositions = 4_000_000

// icdar is the XML of the competition ("-str.xml").
type icdar struct {
	Tables []struct {
		Regions []struct {
			Page  int `xml:"page,attr"`
			Cells []struct {
				StartRow int    `xml:"start-row,attr"`
				StartCol int    `xml:"start-col,attr"`
				EndRow   *int   `xml:"end-row,attr"`
				EndCol   *int   `xml:"end-col,attr"`
				Content  string `xml:"content"`
			} `xml:"cell"`
		} `xml:"region"`
	} `xml:"table"`
}

// ReadICDAR reads the structure truth of a document in the form of the ICDAR
// 2013 competition. Each region becomes a table: regions of one table stand on
// different pages or beside each other and are compared one by one.
func ReadICDAR(r io.Reader) ([]extract.Table, error) {
	var doc icdar
	if err := xml.NewDecoder(r).Decode(&doc); err != nil {
		return nil, fmt.Errorf("truth: %w", err)
	}
	var out []extract.Table
	for _, t := range doc.Tables {
		for _, region := range t.Regions {
			page := region.Page
			table := extract.Table{Index: len(out), Pages: []int{page}}
			for _, c := range region.Cells {
				endRow, endCol := c.StartRow, c.StartCol
				if c.EndRow != nil {
					endRow = *c.EndRow
				}
				if c.EndCol != nil {
					endCol = *c.EndCol
				}
				table.Cells = append(table.Cells, extract.Cell{
					Row: c.StartRow, Column: c.StartCol, RowSpan: endRow - c.StartRow + 1, ColumnSpan: endCol - c.StartCol + 1,
					Text: c.Content, Page: &page,
				})
				table.Rows, table.Columns = max(table.Rows, endRow+1), max(table.Columns, endCol+1)
			}
			fromZero(&table)
			if err := checkTable(&table); err != nil {
				return nil, err
			}
			out = append(out, table)
		}
	}
	return out, nil
}

// fromZero moves the cells so that the first row and column are 0: some truths
// count from a line in the middle.
func fromZero(t *extract.Table) {
	if len(t.Cells) == 0 {
		return
	}
	row, column := t.Cells[0].Row, t.Cells[0].Column
	for _, c := range t.Cells {
		row, column = min(row, c.Row), min(column, c.Column)
	}
	for i := range t.Cells {
		t.Cells[i].Row -= row
		t.Cells[i].Column -= column
	}
	t.Rows, t.Columns = t.Rows-row, t.Columns-column
}

// ReadCSV reads the truth of one table without pages and spans.
func ReadCSV(r io.Reader) ([]extract.Table, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	records, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("truth: %w", err)
	}
	table := extract.Table{Rows: len(records)}
	for row, record := range records {
		table.Columns = max(table.Columns, len(record))
		for column, text := range record {
			table.Cells = append(table.Cells, extract.Cell{
				Row: row, Column: column, RowSpan: 1, ColumnSpan: 1, Text: strings.TrimPrefix(text, "\ufeff"),
			})
		}
	}
	return []extract.Table{table}, checkTable(&table)
}

// checkTable refuses a truth whose cells leave the grid or whose grid is absurd.
func checkTable(t *extract.Table) error {
	if t.Rows > 0 && t.Columns > mostPositions/t.Rows {
		return fmt.Errorf("truth: a table of %d rows and %d columns", t.Rows, t.Columns)
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row < 0 || c.Column < 0 || c.RowSpan < 1 || c.ColumnSpan < 1 {
			return fmt.Errorf("truth: cell %q at row %d, column %d spans %d × %d", c.Text, c.Row, c.Column, c.RowSpan, c.ColumnSpan)
		}
	}
	return nil
}
