package rtf

import (
	"strings"
	"unicode/utf8"

	"nianbao/extract/ordinal"
)

// list is an entry of \listtable (RTF 1.9.1, "List Tables").
type list struct {
	id     int
	levels int // read so far
	ordinal.List
}

// override is an entry of \listoverridetable: a use of a list.
type override struct {
	id     int // of the list
	number int // \lsN
	levels int // read so far
	starts bool
	ordinal.Instance
}

// beginLevel begins \listlevel, of a list or of an override.
func (r *reading) beginLevel() {
	r.level = ordinal.Level{Defined: true, Start: 1, Suffix: "tab", Restart: -1}
	r.text = r.text[:0]
	r.g.ends = endsLevel
}

func (o *override) beginLevel() {
	if o != nil {
		o.levels++
		o.starts = false
	}
}

// endLevel adds the level to its override or list.
func (r *reading) endLevel() {
	lv := r.level
	lv.Text, lv.Font = r.levelText(), r.symbolFont()
	switch {
	case r.override != nil:
		if at := r.override.levels - 1; at >= 0 && at < ordinal.Levels {
			if r.override.Levels == nil {
				r.override.Levels = map[int]ordinal.Level{}
			}
			r.override.Levels[at] = lv
		}
	case r.list != nil && r.list.levels < ordinal.Levels:
		r.list.Levels[r.list.levels] = lv
		r.list.levels++
	}
}

// levelText is the text of a level with placeholders: the file has a length in
// front, and levels as characters 0 to 8.
func (r *reading) levelText() string {
	text := strings.TrimSuffix(string(r.text), ";")
	_, n := utf8.DecodeRuneInString(text)
	var b strings.Builder
	for _, ch := range text[n:] {
		if ch < ordinal.Levels {
			b.WriteByte('%')
			ch += '1'
		}
		b.WriteRune(ch)
	}
	return b.String()
}

func (r *reading) endList() {
	if l := r.list; l != nil && len(r.lists) < maxTable {
		r.lists[l.id] = l
	}
	r.list = nil
}

func (r *reading) endOverride() {
	if o := r.override; o != nil && len(r.overrides) < maxTable {
		r.overrides[o.number] = o
	}
	r.override = nil
}

// listControl reads the properties of lists and their levels.
func (r *reading) listControl(word string, t token) bool {
	if r.g.to != toLevel {
		return false
	}
	switch word {
	case "listid":
		if r.override != nil {
			r.override.id = t.param
		} else if r.list != nil {
			r.list.id = t.param
		}
	case "levelnfc", "levelnfcn":
		r.level.Format = ordinal.OfCode(t.param)
	case "levelstartat":
		r.startAt(min(max(t.param, 0), 1<<30))
	case "levelfollow":
		r.level.Suffix = suffix(t.param)
	case "levellegal":
		r.level.Legal = !t.hasParam || t.param != 0
	case "levelnorestart":
		if t.param != 0 {
			r.level.Restart = 0
		}
	case "listoverridestartat":
		if r.override != nil {
			r.override.starts = true
		}
	default:
		return false
	}
	return true
}

func suffix(follow int) string {
	switch follow {
	case 1:
		return "space"
	case 2:
		return "nothing"
	}
	return "tab"
}

// startAt is \levelstartat, of a level or, in an override, instead of its own.
func (r *reading) startAt(n int) {
	r.level.Start = n
	if o := r.override; o != nil && o.starts && o.levels > 0 && o.levels <= ordinal.Levels {
		if o.Starts == nil {
			o.Starts = map[int]int{}
		}
		o.Starts[o.levels-1] = n
	}
}

// labelOf is the printed number of the paragraph: as the writer put it, else
// counted; nil where there is none.
func (r *reading) labelOf(s *story, p paraProps) *ordinal.Label {
	o := r.overrides[p.list]
	var l *list
	if o != nil {
		l = r.lists[o.id]
	}
	if s.labelled {
		return r.printed(string(s.label), o, l, p.level)
	}
	// A file that prints numbers prints all of them.
	if p.list <= 0 || l == nil || r.labels {
		return nil
	}
	lb, ok := o.Next(&l.List, p.level, func(format string) {
		r.warn.Add("number_format_unknown", "自动编号的格式 "+format+" 不支持，改用阿拉伯数字")
	})
	if !ok {
		return nil
	}
	return &lb
}

// printed makes a label of \listtext, which ends in what follows the number.
func (r *reading) printed(text string, o *override, l *list, level int) *ordinal.Label {
	lb := ordinal.Label{Suffix: "nothing"}
	text = strings.TrimLeft(text, "\t ") // LibreOffice writes one blank too many
	lb.Text = strings.TrimRight(text, "\t ")
	switch rest := text[len(lb.Text):]; {
	case strings.Contains(rest, "\t"):
		lb.Suffix = "tab"
	case rest != "":
		lb.Suffix = "space"
	}
	if strings.TrimSpace(lb.Text) == "" {
		return nil
	}
	if l != nil {
		lv := o.Level(&l.List, level)
		lb.Bullet, lb.Suffix = lv.Format == "bullet", lv.Suffix
		return &lb
	}
	ch, n := utf8.DecodeRuneInString(strings.TrimSpace(lb.Text))
	lb.Bullet = n == len(strings.TrimSpace(lb.Text)) && !isNumeral(ch)
	return &lb
}

// isNumeral tells characters that number rather than mark.
func isNumeral(ch rune) bool {
	return ch >= '0' && ch <= '9' || ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' ||
		ch >= 0x2460 && ch <= 0x249b || ch >= 0x2160 && ch <= 0x217f || ch >= 0x3220 && ch <= 0x33ff || ch >= 0x3400
}
