package bodies

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// MaxTableBytes bounds a file with a list.
const MaxTableBytes = 8 << 20

// maxColumns bounds the cells of a row that are looked at.
const maxColumns = 64

// columnWords are the headings of the columns that are read, by field. Other
// columns (序号, 联系电话) are left.
var columnWords = map[string][]string{
	"name":     {"名称", "单位名称", "机关名称", "主体名称", "编制主体", "编制主体名称", "全称", "单位", "name"},
	"aliases":  {"别名", "简称", "曾用名", "其他名称", "aliases", "alias"},
	"kind":     {"类别", "类型", "单位类别", "单位性质", "性质", "kind"},
	"level":    {"层级", "级别", "行政层级", "level"},
	"parent":   {"上级", "上级单位", "上级主体", "主管单位", "所属", "所属单位", "parent"},
	"excluded": {"不编报", "不编制", "不统计", "不汇总", "是否不编报", "垂直管理", "是否垂直管理", "excluded"},
	"note":     {"备注", "说明", "note"},
	"id":       {"id", "主体编号"},
}

// ReadText reads a list of text: one name a line, or a table with a heading line
// (名称, 别名, 类别, 层级, 上级, 不编报, 备注) separated by commas or tabs. The encoding is
// UTF-8, UTF-16 with its mark, or GB18030. A column 垂直管理 marks bodies as 不编报 does: they
// are on the list and in no sum of their parent. The error is Mistakes.
func ReadText(content []byte) ([]Entry, error) {
	if len(content) > MaxTableBytes {
		return nil, Mistakes{{Index: -1, Message: fmt.Sprintf("名单文件超过上限 %d MB。", MaxTableBytes>>20)}}
	}
	text, err := decode(content)
	if err != nil {
		return nil, Mistakes{{Index: -1, Message: "名单文件不是文本：应为 UTF-8 或 GB18030 编码的文本、CSV，或 .xlsx。"}}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n \u3000"), "\n")
	if strings.Contains(first, "\t") {
		r.Comma, r.TrimLeadingSpace = '\t', false
	}
	var rows []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return ReadRows(rows)
		}
		if err != nil {
			return nil, Mistakes{{Index: -1, Message: "表格的引号不成对：" + err.Error() + "。"}}
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, Row{Line: line, Cells: cells})
	}
}

func decode(content []byte) (string, error) {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		b, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder(), content)
		content = b
		if err != nil {
			return "", err
		}
	}
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		b, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil {
			return "", err
		}
		content = b
	}
	if bytes.IndexByte(content, 0) >= 0 || bytes.ContainsRune(content, utf8.RuneError) {
		return "", errors.New("no text")
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(content), "\r\n", "\n"), "\r", "\n"), nil
}

// Row is one row of a table with its line in the file, from 1.
type Row struct {
	Line  int
	Cells []string
}

// ReadRows reads a list of the rows of a table whose first row that is not blank
// has the headings; a table of one column needs none. The error is Mistakes.
func ReadRows(rows []Row) ([]Entry, error) {
	rows = slices.DeleteFunc(rows, func(r Row) bool {
		return !slices.ContainsFunc(r.Cells, func(c string) bool { return strings.TrimSpace(c) != "" })
	})
	if len(rows) == 0 {
		return nil, Mistakes{{Index: -1, Message: "名单是空的。"}}
	}
	if len(rows) > MaxBodies+1 {
		return nil, Mistakes{{Index: -1, Message: fmt.Sprintf("名单有 %d 行，超过上限 %d。", len(rows), MaxBodies)}}
	}
	fields, err := headings(rows[0])
	if err != nil {
		return nil, err
	}
	if fields == nil {
		return names(rows)
	}
	var mistakes Mistakes
	entries := make([]Entry, 0, len(rows)-1)
	for n, r := range rows[1:] {
		e := Entry{Line: r.Line}
		for i, cell := range r.Cells[:min(len(r.Cells), maxColumns)] {
			if i >= len(fields) {
				break
			}
			if !e.set(fields[i], strings.TrimSpace(cell)) && len(mistakes) < maxMistakes {
				mistakes = append(mistakes, Mistake{Index: n, Line: r.Line, Field: fields[i],
					Message: fmt.Sprintf("“不编报”一栏应填是或否，或留空，不是“%.60s”。", cell)})
			}
		}
		entries = append(entries, e)
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return entries, nil
}

// headings finds the field of each column; nil where the row has no heading. A row
// is one when it names the column of names.
func headings(r Row) ([]string, error) {
	cells := r.Cells[:min(len(r.Cells), maxColumns)]
	fields := make([]string, len(cells))
	found := false
	for i, cell := range cells {
		for field, words := range columnWords {
			if !slices.ContainsFunc(words, func(w string) bool { return key(w) == key(cell) }) {
				continue
			}
			if slices.Contains(fields[:i], field) {
				return nil, Mistakes{{Index: -1, Line: r.Line, Field: field, Message: "有两栏都是“" + columnWords[field][0] + "”。"}}
			}
			fields[i] = field
			found = found || field == "name"
		}
	}
	if !found {
		return nil, nil
	}
	return fields, nil
}

// names reads a table without headings, which must have one column.
func names(rows []Row) ([]Entry, error) {
	var mistakes Mistakes
	entries := make([]Entry, 0, len(rows))
	for n, r := range rows {
		var cells []string
		for _, c := range r.Cells {
			if c = strings.TrimSpace(c); c != "" {
				cells = append(cells, c)
			}
		}
		if len(cells) > 1 && len(mistakes) < maxMistakes {
			mistakes = append(mistakes, Mistake{Index: n, Line: r.Line, Message: "没有表头的名单每行只能有一个名称；有多栏时第一行应为表头（名称、别名、类别、层级、上级、不编报）。"})
		}
		entries = append(entries, Entry{Line: r.Line, Body: Body{Name: cells[0]}})
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return entries, nil
}

// set puts a cell into its field. false: it cannot be read.
func (e *Entry) set(field, cell string) bool {
	switch field {
	case "id":
		e.ID = cell
	case "name":
		e.Name = cell
	case "aliases":
		e.Aliases = strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、；;|，,\n\t", r) })
	case "kind":
		e.Kind = Kind(cell)
	case "level":
		e.Level = Level(cell)
	case "parent":
		e.Parent = cell
	case "note":
		e.Note = cell
	case "excluded":
		switch strings.ToLower(cell) {
		case "是", "1", "true", "yes", "y", "√", "✓", "✔", "不编报", "不编制", "不统计", "不汇总", "垂直管理", "垂管":
			e.Excluded = true
		case "", "否", "0", "false", "no", "n", "×", "✗", "编报":
		default:
			return false
		}
	}
	return true
}
