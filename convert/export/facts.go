package export

import (
	"time"

	"nianbao/convert/report"
)

// fact is a column before the figures: what the report is and what became of it.
type fact struct {
	name, path string
	// value is nil, string, int, report.Date or time.Time.
	value func(*Entry) any
}

// facts are the columns of every row, in the order of the row.
func facts() []fact {
	return []fact{
		{"报告编号", "/id", func(e *Entry) any { return text(e.id()) }},
		{"机关", "/report/agency", ofReport(func(r *report.Report) any { return pointed(r.Agency) })},
		{"年度", "/report/year", ofReport(func(r *report.Report) any { return pointed(r.Year) })},
		{"表式", "/report/form", ofReport(func(r *report.Report) any { return r.Form })},
		{"标题", "/report/title", ofReport(func(r *report.Report) any { return pointed(r.Title) })},
		{"落款机关", "/report/signed_by", ofReport(func(r *report.Report) any { return pointed(r.SignedBy) })},
		{"落款日期", "/report/signed_on", ofReport(func(r *report.Report) any { return pointed(r.SignedOn) })},
		{"结论", "/validation/status", func(e *Entry) any { return e.verdict() }},
		{"错误", "/validation/errors", ofValidation(func(v *report.Validation) any { return v.Errors })},
		{"警告", "/validation/warnings", ofValidation(func(v *report.Validation) any { return v.Warnings })},
		{"核对", "/review/state", func(e *Entry) any {
			if e.Result == nil || e.Review == "" {
				return nil
			}
			return e.Review.Word()
		}},
		{"文件", "/source/filename", func(e *Entry) any { return text(e.source().Filename) }},
		{"收到时间", "", func(e *Entry) any { return moment(e.ReceivedAt) }},
		{"未能转换的原因", "/error", func(e *Entry) any { return text(e.reason()) }},
	}
}

func ofReport(get func(*report.Report) any) func(*Entry) any {
	return func(e *Entry) any {
		if e.Result == nil {
			return nil
		}
		return get(&e.Result.Report)
	}
}

func ofValidation(get func(*report.Validation) any) func(*Entry) any {
	return func(e *Entry) any {
		if e.Result == nil {
			return nil
		}
		return get(e.validation())
	}
}

// pointed is what p points to; a plain nil for nil.
func pointed[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// text is s, nil where it is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// moment is t, nil where it is not known.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

// stateWord is a state of a cell in Chinese.
func stateWord(s report.State) string {
	switch s {
	case report.StateNumber:
		return "数字"
	case report.StateBlank:
		return "空白"
	case report.StatePlaceholder:
		return "以符号代替"
	case report.StateText:
		return "读不成数字"
	case report.StateAmbiguous:
		return "不能对应到列"
	}
	return string(s)
}
