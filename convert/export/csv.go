package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"nianbao/convert/report"
	"nianbao/convert/spreadsheet"
)

// mark is the byte order mark by which spreadsheets know UTF-8.
const mark = "\ufeff"

// CSV writes a row a report under one header for all forms: UTF-8 with its mark,
// lines that end in CR LF (RFC 4180), texts guarded (see [Guard]). The first line has
// the names of the columns.
func CSV(w io.Writer, s Set) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head, columns := facts(), Union(s.Forms)
	row := make([]string, 0, len(head)+len(columns))
	for _, f := range head {
		row = append(row, spreadsheet.Guard(f.name))
	}
	for i := range columns {
		row = append(row, spreadsheet.Guard(columns[i].Name))
	}
	if err := out.Write(row); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for e, err := range s.corrected() {
		if err != nil {
			return err
		}
		row = row[:0]
		for _, f := range head {
			row = append(row, field(f.value(&e)))
		}
		own := s.form(&e)
		for i := range columns {
			var v any
			if own != nil && slices.Contains(columns[i].Forms, own.ID) {
				v = columns[i].value(&e)
			}
			row = append(row, field(v))
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		out.Flush() // a row at a time: who reads may be slow, or a pipe
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// field is a value as CSV has it.
func field(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case report.Number:
		return string(x)
	case int:
		return strconv.Itoa(x)
	case report.Date:
		return x.String()
	case time.Time:
		return x.UTC().Format(time.RFC3339)
	case string:
		if strings.Contains(x, "\r") { // the writer would drop one that stands alone
			x = strings.ReplaceAll(strings.ReplaceAll(x, "\r\n", "\n"), "\r", "\n")
		}
		return spreadsheet.Guard(x)
	}
	return spreadsheet.Guard(fmt.Sprint(v))
}
