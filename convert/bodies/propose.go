package bodies

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"nianbao/extract/lazyregexp"
)

// By says what a report's body was told by.
type By string

// What a body is told by. The empty By is that of a report without a body.
const (
	ByTitle    By = "title"     // the agency the report names is the body's name, with or without places
	ByAlias    By = "alias"     // the agency is an alias
	ByFileName By = "file_name" // the file name has the name or an alias
	ByHand     By = "hand"
)

// Clues are what a report says of its body. Agency is empty where the report
// names none.
type Clues struct {
	Agency   string
	FileName string
}

// Proposal is the body that a report seems to be of.
type Proposal struct {
	// Body is the id; empty where there is no body, or more than one, that fits.
	Body string
	By   By
	// Reason says in Chinese why this body, or why none.
	Reason string
}

// Propose finds the body of a report. The agency decides. Only where it leaves
// the question open does the file name: where the report names no agency, where
// several bodies may be called so (the file name then picks one of them), or where
// no body is (then by full name or alias only). Where agency and file name name
// different bodies there is no proposal: one of the two is a mistake, and only a
// reader can tell which.
func (l *List) Propose(c Clues) Proposal {
	if l == nil || len(l.bodies) == 0 {
		return Proposal{Reason: "尚无编制主体名单。"}
	}
	byName, named := l.called(c.Agency)
	byFile, exact := l.inFileName(c.FileName)
	switch {
	case len(byName) == 1:
		if len(byFile) == 1 && byFile[0] != byName[0] {
			return Proposal{Reason: "报告中的机关是“" + l.bodies[byName[0]].Name + "”，文件名却是“" + l.bodies[byFile[0]].Name + "”。"}
		}
		b := &l.bodies[byName[0]]
		return Proposal{Body: b.ID, By: named, Reason: l.reason(c.Agency, b, named)}
	case len(byName) > 1:
		both := slices.DeleteFunc(slices.Clone(byFile), func(i int) bool { return !slices.Contains(byName, i) })
		if len(both) == 1 {
			return l.fromFile(both[0])
		}
		return Proposal{Reason: "“" + c.Agency + "”可能是" + l.some(byName) + "。"}
	case len(byFile) > 1:
		return Proposal{Reason: "文件名可能指" + l.some(byFile) + "。"}
	case len(byFile) == 1 && (key(c.Agency) == "" || exact):
		return l.fromFile(byFile[0])
	case key(c.Agency) == "":
		return Proposal{Reason: "报告没有写明机关，文件名中也没有名单上的名称。"}
	}
	return Proposal{Reason: "“" + c.Agency + "”不在名单中。"}
}

func (l *List) fromFile(i int) Proposal {
	b := &l.bodies[i]
	return Proposal{Body: b.ID, By: ByFileName, Reason: "文件名中有“" + b.Name + "”的名称。"}
}

func (l *List) reason(agency string, b *Body, by By) string {
	switch {
	case by == ByAlias:
		return "“" + agency + "”是“" + b.Name + "”的别名。"
	case key(agency) == key(b.Name):
		return "报告的机关与名称一致。"
	}
	return "“" + agency + "”是“" + b.Name + "”的简称或全称。"
}

// some names the first bodies of several.
func (l *List) some(at []int) string {
	const shown = 3
	names := make([]string, 0, shown)
	for _, i := range at[:min(len(at), shown)] {
		names = append(names, "“"+l.bodies[i].Name+"”")
	}
	s := strings.Join(names, "、")
	if len(at) > shown {
		s += "等"
	}
	return s
}

// called are the bodies that may be called so: the one whose name or alias it is,
// else all that it is a variant of.
func (l *List) called(name string) (at []int, by By) {
	k := key(name)
	if k == "" {
		return nil, ""
	}
	if i, ok := l.names[k]; ok {
		if k == key(l.bodies[i].Name) {
			return []int{i}, ByTitle
		}
		return []int{i}, ByAlias
	}
	return l.others(k), ByTitle
}

var (
	// reportWords end the agency's part of a file name.
	reportWords = lazyregexp.New(`政府信息公开|信息公开|政务公开|政府信息|年度报告|工作报告|年报|报告`)
	fileYear    = lazyregexp.New(`(?:19|20)\d{2}`)
	// joinFront and joinBack stand around an agency's name in a file name.
	joinFront = lazyregexp.New(`^(?:关于|年度|年|附件|定稿|终稿|修改稿|的)+`)
	joinBack  = lazyregexp.New(`(?:关于|年度|年|工作|的)+$`)
)

// inFileName are the bodies that the pieces of a file name name: by a name or an
// alias (exact), else by another way to write one.
func (l *List) inFileName(name string) (at []int, exact bool) {
	name = norm.NFKC.String(name)
	if ext := path.Ext(name); len(ext) <= 6 {
		name = strings.TrimSuffix(name, ext)
	}
	add := func(i int) {
		if !slices.Contains(at, i) {
			at = append(at, i)
		}
	}
	// Brackets belong to some names and stand between others.
	ways := [][]string{
		pieces(fileYear.ReplaceAllString(name, "|"), "()[]〔〕0123456789"), // 第12中学
		pieces(name, "()[]〔〕"),
		pieces(name, ""),
	}
	for _, way := range ways {
		for _, piece := range way {
			if i, ok := l.names[key(piece)]; ok {
				add(i)
			}
		}
		if len(at) > 0 {
			return at, true
		}
	}
	for _, way := range ways {
		for _, piece := range way {
			for _, i := range l.others(key(piece)) {
				add(i)
			}
		}
	}
	return at, false
}

// pieces are the parts of a file name that may be an agency's name: what stands
// between numbers and marks, but for those kept, without report words and what
// joins them.
func pieces(name, kept string) []string {
	var out []string
	for _, field := range strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !strings.ContainsRune(kept, r)
	}) {
		for _, part := range reportWords.Split(field, -1) {
			for _, p := range []string{part, joinBack.ReplaceAllString(joinFront.ReplaceAllString(part, ""), "")} {
				if p != "" && !slices.Contains(out, p) {
					out = append(out, p)
				}
			}
		}
	}
	return out
}
