// Package local reads the file in which a place adjusts rules and forms to its own
// ways: severities, rules it does not want, wordings its bodies use, chapters it
// asks for beside the six, and its list of bodies.
//
//	rules:
//	  narrative.sum: {severity: info}       # error, warning, info
//	  structure.aspect_missing: {off: true}
//	sections:                               # asked for beside the six chapters
//	  - title: 创新性做法
//	    aliases: [工作创新情况]
//	labels:                                 # further wordings of rows and columns
//	  行政事业性收费: [行政事业性收费及罚没收入]
//	chapters:                               # further wordings of chapters
//	  总体情况: [年度工作概况]
//	history: {jump_above: 20, jump_factor: 10}  # thresholds of history.jump
//	bodies: 编制主体.csv                     # imported where there is no list yet
//
// Everything is checked when it is read; all mistakes are told at once, in Chinese.
// What is read is part of the versions of a result: the same bytes judged by
// another file give another result, and both are kept. What is adjusted of the
// comparison with other reports (history.*) changes no result and no version.
package local

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"nianbao/convert/form"
	"nianbao/convert/history"
	"nianbao/convert/mapping"
	"nianbao/convert/report"
	"nianbao/convert/rules"
)

// MaxBytes bounds the file.
const MaxBytes = 1 << 20

// Local is what a place adjusts, as Read made it; nil adjusts nothing. It does not
// change; any number of goroutines may use it.
type Local struct {
	file  file
	rules []rules.Rule
	past  history.Place
	forms []form.Form
	read  func() *mapping.Reader
}

// file is the file as it is written.
type file struct {
	Rules    map[string]setting  `yaml:"rules" json:"rules,omitempty"`
	Sections []section           `yaml:"sections" json:"sections,omitempty"`
	Labels   map[string][]string `yaml:"labels" json:"labels,omitempty"`
	Chapters map[string][]string `yaml:"chapters" json:"chapters,omitempty"`
	History  thresholds          `yaml:"history" json:"-"`
	Bodies   string              `yaml:"bodies" json:"-"`
}

type setting struct {
	Severity string `yaml:"severity" json:"severity,omitempty"`
	Off      bool   `yaml:"off" json:"off,omitempty"`
}

// thresholds are those of package history; nil is its default.
type thresholds struct {
	JumpAbove  *int64 `yaml:"jump_above"`
	JumpFactor *int64 `yaml:"jump_factor"`
}

type section struct {
	Title   string   `yaml:"title" json:"title"`
	Aliases []string `yaml:"aliases" json:"aliases,omitempty"`
}

// Read reads a file. Its error lists all mistakes, in words for the user.
func Read(r io.Reader) (*Local, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("超过 %d 字节", MaxBytes)
	}
	l := &Local{}
	if len(bytes.TrimSpace(b)) > 0 {
		err = unmarshal(b, &l.file)
	}
	if err != nil {
		return nil, inWords(err)
	}
	var errs []error
	l.rules, errs = l.adjustRules(rules.Catalogue(), errs)
	l.past.Rules, errs = l.adjustRules(history.Catalogue(), errs)
	errs = l.setThresholds(l.unknownRules(errs))
	l.forms, errs = l.adjustForms(errs)
	for i, s := range l.file.Sections {
		if strings.TrimSpace(s.Title) == "" {
			errs = append(errs, fmt.Errorf("sections 第 %d 项没有 title", i+1))
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	l.read = sync.OnceValue(func() *mapping.Reader { return mapping.NewReader(l.forms) })
	return l, nil
}

// unmarshal reads YAML. The library panics on some mistakes: a tag before
// something that is no list, where a list is due (v1.19.2).
func unmarshal(b []byte, f *file) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("解析时出错，请检查标签（!…）：%v", p)
		}
	}()
	return yaml.UnmarshalWithOptions(b, f, yaml.Strict())
}

// inWords says where in the file a mistake is.
func inWords(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return fmt.Errorf("不是有效的 YAML：%w", err)
	}
	message := at.GetMessage()
	if name, ok := strings.CutPrefix(message, "unknown field "); ok {
		message = "没有这一项：" + name
	}
	return fmt.Errorf("第 %d 行：%s", at.GetToken().Position.Line, message)
}

// severities are the words for a severity.
func severityOf(word string) (report.Severity, bool) {
	switch word {
	case "error", "错误":
		return report.SeverityError, true
	case "warning", "警告":
		return report.SeverityWarning, true
	case "info", "提示":
		return report.SeverityInfo, true
	}
	return "", false
}

func indexOf(list []rules.Rule, id string) int {
	return slices.IndexFunc(list, func(r rules.Rule) bool { return r.ID == id })
}

func (l *Local) unknownRules(errs []error) []error {
	for _, id := range slices.Sorted(maps.Keys(l.file.Rules)) {
		if indexOf(l.rules, id) < 0 && indexOf(l.past.Rules, id) < 0 {
			errs = append(errs, fmt.Errorf("rules：没有规则 %q（用 nianbao rules 查看）", id))
		}
	}
	return errs
}

func (l *Local) setThresholds(errs []error) []error {
	for _, t := range []struct {
		name  string
		value *int64
		to    *int64
	}{
		{"jump_above", l.file.History.JumpAbove, &l.past.Settings.JumpAbove},
		{"jump_factor", l.file.History.JumpFactor, &l.past.Settings.JumpFactor},
	} {
		switch {
		case t.value == nil:
		case *t.value < 1:
			errs = append(errs, fmt.Errorf("history：%s 不得小于 1", t.name))
		default:
			*t.to = *t.value
		}
	}
	return errs
}

// adjustRules adjusts those of the list that the file names.
func (l *Local) adjustRules(list []rules.Rule, errs []error) ([]rules.Rule, []error) {
	for _, id := range slices.Sorted(maps.Keys(l.file.Rules)) {
		s := l.file.Rules[id]
		i := indexOf(list, id)
		if i < 0 {
			continue
		}
		if s.Off {
			list[i] = list[i].Off("按本地规则停用")
		}
		if s.Severity == "" {
			continue
		}
		severity, ok := severityOf(s.Severity)
		if !ok {
			errs = append(errs, fmt.Errorf("rules：%s 的 severity %q 应为 error、warning 或 info", id, s.Severity))
			continue
		}
		list[i].Severity = severity
	}
	return list, errs
}

// adjustForms adds wordings to the forms.
func (l *Local) adjustForms(errs []error) ([]form.Form, []error) {
	forms := form.All()
	for _, label := range slices.Sorted(maps.Keys(l.file.Labels)) {
		if !addLabel(forms, label, l.file.Labels[label]) {
			errs = append(errs, fmt.Errorf("labels：法定表格中没有“%s”这一行或列", label))
		}
	}
	for _, title := range slices.Sorted(maps.Keys(l.file.Chapters)) {
		found := false
		for i := range forms {
			for k := range forms[i].Chapters {
				if ch := &forms[i].Chapters[k]; ch.Title == title {
					ch.Aliases, found = append(ch.Aliases, l.file.Chapters[title]...), true
				}
			}
		}
		if !found {
			errs = append(errs, fmt.Errorf("chapters：法定的部分中没有“%s”", title))
		}
	}
	return forms, errs
}

// addLabel adds wordings to all rows and columns with the label.
func addLabel(forms []form.Form, label string, aliases []string) (found bool) {
	for i := range forms {
		for t := range forms[i].Tables {
			for p := range forms[i].Tables[t].Parts {
				part := &forms[i].Tables[t].Parts[p]
				for k := range part.Columns {
					if c := &part.Columns[k]; same(c.Label, label) {
						c.Aliases, found = append(c.Aliases, aliases...), true
					}
				}
				for k := range part.Rows {
					if r := &part.Rows[k]; same(r.Label, label) {
						r.Aliases, found = append(r.Aliases, aliases...), true
					}
				}
			}
		}
	}
	return found
}

// same compares with an official label, whose ordinal may be left out.
func same(official, given string) bool {
	if official == given {
		return true
	}
	for _, end := range []string{"）", ".", "、"} {
		if ordinal, rest, ok := strings.Cut(official, end); ok && len([]rune(ordinal)) <= 3 && rest == given {
			return true
		}
	}
	return false
}

// Reader reads by the forms with the place's wordings. l is not nil.
func (l *Local) Reader() *mapping.Reader { return l.read() }

// Catalogue is all rules as the place has them: Rules, and those that compare with
// other reports behind them. The slice is the caller's.
func (l *Local) Catalogue() []rules.Rule {
	past := l.History().Rules
	if past == nil {
		past = history.Catalogue()
	}
	return append(l.Rules(), past...)
}

// History is what the place has adjusted of the comparison with other reports.
func (l *Local) History() history.Place {
	if l == nil {
		return history.Place{}
	}
	return l.past
}

// Rules are the rules on a report itself as the place has them. The slice is the
// caller's.
func (l *Local) Rules() []rules.Rule {
	if l == nil {
		return rules.Catalogue()
	}
	return slices.Clone(l.rules)
}

// Forms are the forms with the place's wordings, the newest first; not to be changed.
func (l *Local) Forms() []form.Form {
	if l == nil {
		return form.All()
	}
	return l.forms
}

// Sections are the chapters asked for beside the six.
func (l *Local) Sections() []rules.Required {
	if l == nil {
		return nil
	}
	out := make([]rules.Required, len(l.file.Sections))
	for i, s := range l.file.Sections {
		out[i] = rules.Required{Title: s.Title, Aliases: s.Aliases}
	}
	return out
}

// Bodies is the name of the file with the list of bodies; empty for none. It counts
// from the directory of the local file.
func (l *Local) Bodies() string {
	if l == nil {
		return ""
	}
	return l.file.Bodies
}

// Versions are the program's versions of forms and rules with what the place has
// adjusted of them: "2+1f0c93ab".
func (l *Local) Versions(program string) report.Versions {
	v := report.Versions{Program: program, Forms: form.Version, Rules: rules.Version}
	if l == nil {
		return v
	}
	if len(l.file.Labels)+len(l.file.Chapters) > 0 {
		v.Forms += "+" + digest(file{Labels: l.file.Labels, Chapters: l.file.Chapters})
	}
	own := maps.Clone(l.file.Rules)
	maps.DeleteFunc(own, func(id string, _ setting) bool { return indexOf(l.rules, id) < 0 })
	if len(own)+len(l.file.Sections) > 0 {
		v.Rules += "+" + digest(file{Rules: own, Sections: l.file.Sections})
	}
	return v
}

// digest is the same for the same settings, however they are written.
func digest(f file) string {
	b, err := json.Marshal(f) // maps in the order of their keys
	if err != nil {
		panic(err) // strings and booleans
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:4])
}
