package mapping

import (
	"encoding/json"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// vocabulary is what fuzzed documents are made of: the labels of the forms and
// what stands around them.
func vocabulary() []string {
	words := []string{"", "0", "12", "/", "—", "减4", "1,234", "12件", "约3", "小计", "目录", "附件2：", "青禾区统计局", "2022年1月18日", "青禾区统计局2021年政府信息公开工作年度报告",
		"统计期限为2021年1月1日至2021年12月31日。", "索引号：0101 发布机构：白石镇", "政府信息公开工作机构登记表", "\n", "一、", "（（（", "①", "无", "信息内容", "第二十条第（一）项"}
	seen := map[string]bool{}
	add := func(s string) {
		if s != "" && !seen[s] {
			seen[s] = true
			words = append(words, s)
		}
	}
	for _, f := range form.All() {
		for _, c := range f.Chapters {
			add(c.Number + "、" + c.Title)
		}
		for _, t := range f.Tables {
			for _, row := range t.Paper() {
				for _, c := range row {
					add(c.Text)
				}
			}
		}
	}
	return words
}

// fuzzed makes a document of the bytes: every byte is a word, a block or a cell.
func fuzzed(data []byte, words []string) *extract.Document {
	doc := &extract.Document{}
	var table *extract.Table
	row, column := 0, 0
	for i := 0; i+1 < len(data) && i < 1200; i += 2 {
		op, word := data[i], words[int(data[i+1])%len(words)]
		switch {
		case op < 40:
			roles := []extract.Role{"", extract.RoleBody, extract.RoleHeader, extract.RoleTextbox}
			doc.Blocks = append(doc.Blocks, extract.Block{Type: []extract.BlockType{extract.Paragraph, extract.Heading, extract.Image}[op%3], Text: word, Role: roles[op%4], Align: []string{"", "right", "center"}[op%3]})
		case op < 50 || table == nil:
			if len(doc.Tables) > 6 {
				continue
			}
			n := len(doc.Tables)
			doc.Tables = append(doc.Tables, extract.Table{Index: n, Rows: 40, Columns: 1 + int(op)%16})
			table = &doc.Tables[n]
			doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: &n})
			row, column = 0, 0
		case op < 90:
			row, column = min(row+1, table.Rows-1), 0
		default:
			span := 1 + int(op)%4
			if column+span > table.Columns {
				continue
			}
			table.Cells = append(table.Cells, extract.Cell{Row: row, Column: column, RowSpan: 1 + int(op>>6)%3, ColumnSpan: span, Text: word})
			column += span
		}
	}
	return doc
}

// FuzzRead wants any document to be read without a panic, every place to have
// its value, and a number exactly where the state says so.
func FuzzRead(f *testing.F) {
	words := vocabulary()
	f.Add([]byte("0123456789"))
	f.Add([]byte(strings.Repeat("\x2d\x10\xc8\x20\xc8\x01\x50\x00", 40)))
	f.Add([]byte(strings.Repeat("\x05\x19\x2a\x02\x64\x31\x64\x32\x3c\x00\x60\x33", 30)))
	r := NewReader(form.All())
	f.Fuzz(func(t *testing.T, data []byte) {
		doc := fuzzed(data, words)
		got := r.Read(doc)
		b, err := json.Marshal(got.Report)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(r.Read(doc).Report)
		if string(b) != string(again) {
			t.Fatal("two readings differ")
		}
		for path, p := range got.Provenance {
			v, ok := valueAt(&got.Report, path)
			if !ok || (p.State == report.StateNumber) != (v != "null") {
				t.Fatalf("%s = %q, %v with place %+v", path, v, ok, p)
			}
		}
		for _, c := range got.Chapters {
			if c.Heading < 0 || c.First > c.End || c.End > len(doc.Blocks) {
				t.Fatalf("chapter at %+v of %d blocks", c, len(doc.Blocks))
			}
		}
	})
}
