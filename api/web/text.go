package web

import (
	"fmt"
	"strings"
	"time"

	"nianbao/api/auth"
	"nianbao/convert/intake"
	"nianbao/convert/report"
)

// when prints a moment the Chinese way in the configured zone.
func (p *Pages) when(t time.Time) string {
	return t.In(p.cfg.Location).Format("2006年1月2日 15:04")
}

func dateText(d *report.Date) string {
	if d == nil {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

func byteSize(n int64) string {
	switch {
	case n >= 1<<20:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/(1<<20)), ".0") + " MB"
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d 字节", n)
}

// badge is the outcome of a report in one or two words.
type badge struct{ Class, Text string }

func statusText(s *intake.Summary) badge {
	switch {
	case s.State == intake.StateFailed:
		return badge{"failed", "未能转换"}
	case s.State != intake.StateDone:
		return badge{"busy", "处理中"}
	}
	return validationBadge(s.Status, s.Warnings)
}

// validationBadge names an outcome. "warn" without a warning means that a rule
// could not be judged.
func validationBadge(status string, warnings int) badge {
	switch {
	case status == "pass":
		return badge{"pass", "通过"}
	case status == "warn" && warnings == 0:
		return badge{"warn", "待核实"}
	case status == "warn":
		return badge{"warn", "有警告"}
	case status == "fail":
		return badge{"fail", "有错误"}
	}
	return badge{"busy", "未检查"}
}

func formText(id string) string {
	switch id {
	case "narrative":
		return "无法定表格"
	case "pre2019":
		return "2019年以前表式"
	case "":
		return ""
	}
	return id + "年表式"
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func outcomeText(j report.Judgement) badge {
	switch j {
	case report.Passed:
		return badge{"pass", "通过"}
	case report.Failed:
		return badge{"fail", "未通过"}
	case report.Undetermined:
		return badge{"warn", "无法判断"}
	}
	return badge{"busy", "不适用"}
}

// stateText says in words how a cell was read.
func stateText(s report.State) string {
	switch s {
	case report.StateNumber:
		return "数字"
	case report.StateBlank:
		return "空白，未填写"
	case report.StatePlaceholder:
		return "以符号代替数字"
	case report.StateText:
		return "填了内容，但不是数字"
	case report.StateAmbiguous:
		return "本行数字个数与列数不符，无法对应"
	}
	return string(s)
}

// placeText says where a value was read, counting from 1 as people do.
func placeText(p *report.Place) string {
	var parts []string
	if p.Page != nil {
		parts = append(parts, fmt.Sprintf("第 %d 页", *p.Page))
	}
	if p.Table != nil {
		parts = append(parts, fmt.Sprintf("第 %d 个表格", *p.Table+1))
	}
	if p.Row != nil && p.Column != nil {
		parts = append(parts, fmt.Sprintf("第 %d 行第 %d 列", *p.Row+1, *p.Column+1))
	}
	if len(parts) == 0 {
		return "正文"
	}
	return strings.Join(parts, "，")
}

// roleText is what the header calls a role.
func roleText(r auth.Role) string {
	switch r {
	case auth.RoleAdmin:
		return "管理员"
	case auth.RoleUploader:
		return "报送"
	}
	return "查看"
}
