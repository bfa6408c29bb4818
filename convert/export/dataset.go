package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// variable is a column of a data set's table, as the dictionary has it.
type variable struct {
	name  string // of the column
	title string // Chinese
	kind  string // of the Table Schema: string, integer, number, date, datetime, boolean
	about string // Chinese: what the values mean; empty where the title says all
	of    string // "table.column" that a key refers to
}

// table is a table of a data set: one kind of observation a row.
type table struct {
	name, title string
	key         []string
	variables   []variable
	// rows gives the rows of an entry to put; the columns that name the report, see
	// belongs, are put before them.
	rows func(e *Entry, d *data, put func(...any) error) error
}

// data is what the tables have in common: the set, and the columns of its forms.
type data struct {
	set   *Set
	forms map[string]*dataForm
}

type dataForm struct {
	columns   []Column // all with a path; the form's own cells first
	statutory int      // how many these are
	names     map[string]string
}

func newData(s *Set) *data {
	d := &data{set: s, forms: map[string]*dataForm{}}
	for i := range s.Forms {
		f := &s.Forms[i]
		all := Columns(f)
		own := &dataForm{statutory: len(f.Cells()), names: namesOf(facts(), all)}
		for _, c := range all {
			if c.Path != "" {
				own.columns = append(own.columns, c)
			}
		}
		d.forms[f.ID] = own
	}
	return d
}

// form is the form of an entry, nil where it has none.
func (d *data) form(e *Entry) *dataForm {
	if f := d.set.form(e); f != nil {
		return d.forms[f.ID]
	}
	return nil
}

// belongs are the columns by which each row says whose it is.
func belongs() []variable {
	return []variable{
		{name: "report", title: "报告序号", kind: "integer", about: "reports.csv 中的行", of: "reports.report"},
		{name: "agency", title: "机关", kind: "string"},
		{name: "year", title: "年度", kind: "integer"},
		{name: "form", title: "表式", kind: "string", about: "2021、2019；narrative：没有统计表；空：不能转换"},
	}
}

// tables are all tables of a data set.
func tables() []table {
	return []table{reportsTable(), cellsTable(), claimsTable(), findingsTable(), lossesTable()}
}

func reportsTable() table {
	return table{name: "reports", title: "文件，每份一行；不能转换的也列出", key: []string{"report"},
		variables: append(belongs(), []variable{
			{name: "id", title: "报告编号", kind: "string", about: "空：不是从服务导出"},
			{name: "title", title: "标题", kind: "string"},
			{name: "signed_by", title: "落款机关", kind: "string"},
			{name: "signed_on", title: "落款日期", kind: "string", about: "年-月-日，照原文，可能不是真实的日期"},
			{name: "status", title: "结论", kind: "string", about: "pass、warn、fail；空：不能转换"},
			{name: "errors", title: "错误", kind: "integer"},
			{name: "warnings", title: "警告", kind: "integer"},
			{name: "review", title: "核对进度", kind: "string", about: "unreviewed、checked、returned；空：不是从服务导出"},
			{name: "filename", title: "文件", kind: "string"},
			{name: "media_type", title: "媒体类型", kind: "string"},
			{name: "sha256", title: "SHA-256", kind: "string", about: "原件的"},
			{name: "bytes", title: "字节", kind: "integer"},
			{name: "pages", title: "页数", kind: "integer"},
			{name: "received_at", title: "收到时间", kind: "datetime"},
			{name: "engine", title: "读取方式", kind: "string"},
			{name: "program", title: "程序版本", kind: "string"},
			{name: "forms", title: "表式版本", kind: "string"},
			{name: "rules", title: "规则版本", kind: "string"},
			{name: "error", title: "不能转换的代码", kind: "string"},
			{name: "reason", title: "不能转换的原因", kind: "string"},
		}...),
		rows: func(e *Entry, _ *data, put func(...any) error) error {
			src := e.source()
			row := make([]any, 20)
			row[0] = text(e.id())
			copy(row[8:], []any{src.Filename, src.MediaType, src.SHA256, int(src.SizeBytes), pointed(src.Pages), moment(e.ReceivedAt)})
			if e.Failure != nil {
				row[18], row[19] = e.Failure.Error.Code, e.reason()
			}
			if res := e.Result; res != nil {
				v := e.validation()
				copy(row[1:], []any{pointed(res.Report.Title), pointed(res.Report.SignedBy), pointed(res.Report.SignedOn), v.Status, v.Errors, v.Warnings, text(string(e.Review))})
				copy(row[14:], []any{res.Extraction.Engine, res.Versions.Program, res.Versions.Forms, res.Versions.Rules})
			}
			return put(row...)
		}}
}

// absent is the state of a cell that the document does not have.
const absent = "absent"

func cellsTable() table {
	return table{name: "cells", title: "统计表的单元格，每份报告有其表式的全部单元格", key: []string{"report", "path"},
		variables: append(belongs(), []variable{
			{name: "path", title: "路径", kind: "string", about: "结果 JSON 中的位置（JSON Pointer）"},
			{name: "table", title: "表格", kind: "string"},
			{name: "label", title: "法定名称", kind: "string"},
			{name: "value", title: "数值", kind: "number", about: "读到的或更正后的十进制数；空：没有数字，绝不以 0 代替"},
			{name: "unit", title: "计量单位", kind: "string", about: "金额的单位，照原文；没有写的，按表式规定"},
			{name: "state", title: "状态", kind: "string", about: "number 数字；blank 空白；placeholder 以符号代替；text 读不成数字；ambiguous 不能对应到列；absent 文件里没有这一格"},
			{name: "text", title: "原文", kind: "string"},
			{name: "page", title: "页", kind: "integer", about: "从 1 起；空：Word 等不分页的文件"},
			{name: "corrected", title: "经人更正", kind: "boolean"},
		}...),
		rows: func(e *Entry, d *data, put func(...any) error) error {
			own := d.form(e)
			if own == nil {
				return nil
			}
			for i, c := range own.columns {
				p, read := e.Result.Provenance[c.Path]
				state := string(p.State)
				switch {
				case !read && i >= own.statutory: // a group's own row, which few print
					continue
				case !read:
					state = absent
				}
				value, unit := e.Cell(c.Path), any(nil)
				if _, ok := value.(report.Number); !ok {
					value = nil
				} else if c.Kind == form.Money {
					unit = e.unit(&Column{Of: c.Path, Unit: c.Unit})
				}
				if err := put(c.Path, c.Table, c.Name, value, unit, state, p.Text, pointed(p.Page), p.Corrected); err != nil {
					return err
				}
			}
			return nil
		}}
}

func claimsTable() table {
	return table{name: "claims", title: "正文中写出的数字，每个一行", key: []string{"report", "number"},
		variables: append(belongs(), []variable{
			{name: "number", title: "序号", kind: "integer"},
			{name: "subject", title: "所指", kind: "string", about: "与统计表相应的量，如 applications.new；空：不是统计表的量"},
			{name: "label", title: "写法", kind: "string"},
			{name: "value", title: "数值", kind: "number", about: "万、亿已乘开；“没有”是 0"},
			{name: "unit", title: "计量单位", kind: "string"},
			{name: "qualifiers", title: "限定", kind: "string", about: "以空格分开：approximate、floor、change、other_year、part_of_year、cumulative、other_scope、denied"},
			{name: "sentence", title: "句子", kind: "string", about: "手机、证件、银行账号已遮盖"},
			{name: "place", title: "位置", kind: "string", about: "章节文字的 JSON Pointer"},
			{name: "start", title: "起", kind: "integer", about: "数字在章节文字中的字符位置，从 0 起"},
			{name: "end", title: "止", kind: "integer"},
		}...),
		rows: func(e *Entry, _ *data, put func(...any) error) error {
			if e.Result == nil {
				return nil
			}
			for i, c := range e.Result.Report.NarrativeClaims {
				if err := put(i+1, text(c.Subject), c.Label, c.Value, text(c.Unit), text(strings.Join(c.Qualifiers, " ")), rules.Mask(c.Sentence), c.Place, c.Start, c.End); err != nil {
					return err
				}
			}
			return nil
		}}
}

func findingsTable() table {
	return table{name: "findings", title: "核对发现的问题，每个一行", key: []string{"report", "id"},
		variables: append(belongs(), []variable{
			{name: "number", title: "序号", kind: "integer"},
			{name: "id", title: "问题编号", kind: "string"},
			{name: "rule", title: "规则", kind: "string"},
			{name: "title", title: "规则名称", kind: "string"},
			{name: "severity", title: "级别", kind: "string", about: "error、warning、info"},
			{name: "message", title: "问题", kind: "string", about: "手机、证件、银行账号已遮盖"},
			{name: "paths", title: "路径", kind: "string", about: "所用的值，以空格分开"},
			{name: "places", title: "位置", kind: "string", about: "单元格的法定名称或章节"},
			{name: "actual", title: "填写", kind: "string"},
			{name: "expected", title: "应为", kind: "string"},
			{name: "quote", title: "原文", kind: "string"},
			{name: "decision", title: "认定", kind: "string", about: "confirmed 属实，dismissed 不成立；空：没有人认定"},
		}...),
		rows: func(e *Entry, d *data, put func(...any) error) error {
			if e.Result == nil {
				return nil
			}
			var names map[string]string
			if own := d.form(e); own != nil {
				names = own.names
			}
			for i, f := range e.findings(names) {
				verdict := any(nil)
				if d := e.Result.Review.Decision(f.ID); d != nil && d.Stale == "" {
					verdict = string(d.Verdict)
				}
				if err := put(i+1, f.ID, f.Rule, text(d.set.title(f.Rule)), string(f.Severity), f.Message, strings.Join(f.Paths, " "), text(f.Where),
					text(f.Actual), text(f.Expected), text(f.Quote), verdict); err != nil {
					return err
				}
			}
			return nil
		}}
}

func lossesTable() table {
	return table{name: "losses", title: "读取时没有读到或没有把握的内容", key: []string{"report", "number"},
		variables: append(belongs(), []variable{
			{name: "number", title: "序号", kind: "integer"},
			{name: "code", title: "代码", kind: "string"},
			{name: "message", title: "说明", kind: "string"},
			{name: "page", title: "页", kind: "integer"},
		}...),
		rows: func(e *Entry, _ *data, put func(...any) error) error {
			if e.Result == nil {
				return nil
			}
			for i, l := range e.Result.Extraction.Warnings {
				if err := put(i+1, l.Code, l.Message, pointed(l.Page)); err != nil {
					return err
				}
			}
			return nil
		}}
}

// tableFile is a table while it is written.
type tableFile struct {
	table
	file *os.File
	sum  hash.Hash
	size int64
	buf  *bufio.Writer
	out  *csv.Writer
	line []string
	rows int
}

func createTable(dir string, t table) (*tableFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, t.path()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	x := &tableFile{table: t, file: f, sum: sha256.New()}
	x.buf = bufio.NewWriterSize(io.MultiWriter(f, x.sum, (*counter)(&x.size)), 1<<16)
	x.out = csv.NewWriter(x.buf)
	x.out.UseCRLF = true
	_, err = x.buf.WriteString(mark)
	head := make([]string, len(t.variables))
	for i, v := range t.variables {
		head[i] = v.name
	}
	if err := errors.Join(err, x.out.Write(head)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return x, nil
}

func (t *table) path() string { return t.name + ".csv" }

// put writes the rows of an entry, which is the nth from 1.
func (x *tableFile) put(n int, e *Entry, d *data) error {
	whose := []any{n, nil, nil, nil}
	if e.Result != nil {
		r := &e.Result.Report
		whose = []any{n, pointed(r.Agency), pointed(r.Year), text(r.Form)}
	}
	return x.table.rows(e, d, func(values ...any) error {
		x.line = x.line[:0]
		for _, v := range append(whose[:4:4], values...) {
			x.line = append(x.line, field(v))
		}
		if len(x.line) != len(x.variables) {
			return fmt.Errorf("%s: %d values for %d columns", x.name, len(x.line), len(x.variables))
		}
		x.rows++
		return x.out.Write(x.line)
	})
}

// close makes the table durable.
func (x *tableFile) close() error {
	x.out.Flush()
	err := errors.Join(x.out.Error(), x.buf.Flush())
	if err == nil {
		err = x.file.Sync()
	}
	return errors.Join(err, x.file.Close())
}

func (x *tableFile) digest() string { return hex.EncodeToString(x.sum.Sum(nil)) }

// counter counts what is written to it.
type counter int64

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Dataset writes a data set into the directory, which is empty: the tables as CSV (as
// [CSV] writes it: UTF-8 with its mark, RFC 4180, texts guarded), datapackage.json, which
// describes every column for programs (Frictionless Data Package 1.0), README.md, which
// does so for people, and SHA256SUMS. It goes through the set once and keeps one entry
// in memory.
func Dataset(dir string, s Set) (err error) {
	var files []*tableFile
	open := 0
	defer func() {
		for _, x := range files[:open] {
			err = errors.Join(err, x.file.Close())
		}
	}()
	for _, t := range tables() {
		x, err := createTable(dir, t)
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		files = append(files, x)
		open++
	}
	n, d := 0, newData(&s)
	for e, err := range s.corrected() {
		if err != nil {
			return err
		}
		n++
		for _, x := range files {
			if err := x.put(n, &e, d); err != nil {
				return fmt.Errorf("export: report %s: %w", strconv.Itoa(n), err)
			}
		}
	}
	for _, x := range files {
		err = errors.Join(err, x.close())
	}
	open = 0
	if err == nil {
		err = describe(dir, files)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
