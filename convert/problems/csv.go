package problems

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"nianbao/convert/overview"
	"nianbao/convert/spreadsheet"
)

// WriteCSV writes the whole list, a problem a line, as spreadsheets open it: UTF-8
// with its mark, and no cell that one of them would take for a formula. names gives
// the titles of rules, link the address of a problem's place; both may give "".
func (p *Page) WriteCSV(ctx context.Context, w io.Writer, names func(rule string) string, link func(report string, mark int) string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	write := func(cells ...string) error {
		for i, c := range cells {
			cells[i] = spreadsheet.Guard(c)
		}
		return out.Write(cells)
	}
	if err := write("单位", "类别", "年度", "状态", "序号", "级别", "问题", "表格", "行", "列", "填写", "应为", "原文", "规则", "文件", "页面"); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	year := strconv.Itoa(p.Year.Year)
	for b, err := range p.Bodies(ctx, 0) {
		if err != nil {
			return err
		}
		head := []string{b.Body.Name, b.Body.Kind.Word(), year, Word(b.State)}
		file := ""
		if b.Report != nil {
			file = b.Report.Filename
		}
		if len(b.Problems) == 0 {
			err = write(append(head, "", "", overlooked(b.State), "", "", "", "", "", "", "", file, "")...)
		}
		for i := range b.Problems {
			x := &b.Problems[i]
			if err == nil {
				err = write(append(head[:len(head):len(head)], strconv.Itoa(x.N), x.Severity.Word(), x.Message, x.sheet(), x.Row, x.columns(),
					x.Printed, x.Expected, x.Quote, names(x.Rule), file, link(b.ReportID, x.Mark))...)
			}
		}
		if err != nil {
			return fmt.Errorf("problems: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("problems: %w", err)
	}
	return nil
}

// columns is the column of the problem, and how many more cells it names.
func (p *Problem) columns() string {
	if p.More > 0 {
		return p.Column + fmt.Sprintf("（等 %d 处）", p.More+1)
	}
	return p.Column
}

// overlooked is what a body without a list of problems is told.
func overlooked(s overview.State) string {
	if s == overview.Missing {
		return "尚未收到报告。"
	}
	return "有规则因数字读不清或未填而无法判断，请核对报告。"
}

// Word is a state in Chinese.
func Word(s overview.State) string {
	switch s {
	case overview.Missing:
		return "未报送"
	case overview.Failed:
		return "未能转换"
	case overview.Errors:
		return "有错误"
	case overview.Warnings:
		return "有警告"
	case overview.Busy:
		return "处理中"
	case overview.Clean:
		return "通过"
	case overview.Exempt:
		return "不编报"
	case overview.Late:
		return "逾期"
	}
	return string(s)
}
