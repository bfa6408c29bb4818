package doc

import (
	"strings"
	"unicode/utf16"

	"nianbao/extract/ordinal"
	"nianbao/extract/symbolfont"
)

// lists are the automatic numberings of a document: definitions by their ids and
// uses of them with overrides, which paragraphs refer to by number from 1.
type lists struct {
	d    *reading
	byID map[int]*ordinal.List
	uses []use
}

// use is one use of a list (LFO).
type use struct {
	ordinal.Instance
	list int
}

// read reads the definitions and uses ([MS-DOC] 2.9.192, 2.9.191). What belongs
// to the definitions stands behind the place the FIB gives.
func (l *lists) read(f *fib, table view) {
	const lstfLen, simpleFlag = 28, 1
	l.byID = map[int]*ordinal.List{}
	at, n := f.place(fcLists)
	v := table.from(at)
	count := v.i16(0)
	if n < 2 || count < 0 {
		return
	}
	levels := v.from(2 + lstfLen*count)
	for i := range count {
		lstf := v.sub(2+lstfLen*i, lstfLen)
		if len(lstf) < lstfLen {
			break
		}
		list := &ordinal.List{}
		number := ordinal.Levels
		if lstf.u8(26)&simpleFlag != 0 {
			number = 1
		}
		for k := range number {
			levels = l.readLevel(&list.Levels[k], levels)
			if istd := lstf.u16(8 + 2*k); istd != noStyle && list.Levels[k].Defined {
				list.Levels[k].Style = styleKey(istd)
			}
		}
		if id := lstf.i32(0); l.byID[id] == nil {
			l.byID[id] = list
		}
	}
	l.readUses(f.structure(table, fcListOverrides))
}

// readUses reads the uses and, behind them, their overrides.
func (l *lists) readUses(v view) {
	const lfoLen = 16
	count := v.u32(0)
	if count < 0 || count > len(v)/lfoLen {
		return
	}
	rest := v.from(4 + lfoLen*count)
	for i := range count {
		lfo := v.sub(4+lfoLen*i, lfoLen)
		u := use{list: lfo.i32(0)}
		rest = rest.from(4) // a place that means nothing
		for range lfo.u8(12) {
			rest = l.readOverride(&u, rest)
		}
		l.uses = append(l.uses, u)
	}
}

// readOverride reads one level's override ([MS-DOC] 2.9.132) and returns what
// follows.
func (l *lists) readOverride(u *use, v view) view {
	const startFlag, levelFlag = 1 << 4, 1 << 5
	bits, start := v.u32(4), startAt(v)
	at := bits & 0xf
	known := len(v) >= 8 && at < ordinal.Levels
	v = v.from(8)
	if bits&levelFlag != 0 {
		var level ordinal.Level
		v = l.readLevel(&level, v)
		if known {
			if u.Levels == nil {
				u.Levels = map[int]ordinal.Level{}
			}
			u.Levels[at] = level
			start = level.Start
		}
	}
	if bits&startFlag != 0 && known {
		if u.Starts == nil {
			u.Starts = map[int]int{}
		}
		u.Starts[at] = start
	}
	return v
}

// readLevel reads a level ([MS-DOC] 2.9.149) and returns what follows.
func (l *lists) readLevel(to *ordinal.Level, v view) view {
	const lvlfLen, legalFlag, noRestartFlag = 28, 1 << 2, 1 << 3
	if len(v) < lvlfLen {
		return nil
	}
	*to = ordinal.Level{
		Defined: true, Start: startAt(v), Format: ordinal.OfCode(v.u8(4)),
		Legal: v.u8(5)&legalFlag != 0, Restart: -1,
	}
	switch v.u8(15) {
	case 0:
		to.Suffix = "tab"
	case 1:
		to.Suffix = "space"
	default:
		to.Suffix = "nothing"
	}
	if v.u8(5)&noRestartFlag != 0 {
		to.Restart = min(v.u8(26), ordinal.Levels)
	}
	chpxLen, papxLen := v.u8(24), v.u8(25)
	p := newCharProps()
	p.font = -1
	l.d.applyChar(&p, v.sub(lvlfLen+papxLen, chpxLen), &charProps{})
	to.Hidden, to.Font = p.hidden, symbolfont.Unset
	if p.font >= 0 {
		to.Font = l.d.symbolFont(&p)
	}
	at := lvlfLen + papxLen + chpxLen
	n := v.u16(at)
	to.Text = levelText(v.sub(at+2, 2*n).units())
	return v.from(at + 2 + 2*n)
}

// startAt is the number a level begins with.
func startAt(v view) int {
	const most = 1 << 30
	return min(max(v.i32(0), 0), most)
}

// levelText writes the places of numbers, which are the numbers of their levels,
// as %1 to %9.
func levelText(units []uint16) string {
	var b strings.Builder
	for _, ch := range utf16.Decode(units) {
		if ch < ordinal.Levels {
			b.WriteByte('%')
			ch += '1'
		}
		b.WriteRune(ch)
	}
	return b.String()
}

// styleKey is the name of a style for package ordinal.
func styleKey(istd int) string { return string(rune(istd + 1)) }

// next counts the paragraph and returns its label; nil where none is printed.
func (l *lists) next(p *paraProps) *ordinal.Label {
	if p.list == oldList || p.oldNumber && p.list < 0 {
		l.d.warn.Add("numbering_old", "有旧式（Word 6）自动编号，其编号未读取")
	}
	if p.list < 1 || p.list > len(l.uses) {
		return nil
	}
	u := &l.uses[p.list-1]
	list := l.byID[u.list]
	if list == nil {
		return nil
	}
	at := max(p.level, 0)
	if p.listStyle >= 0 {
		at = u.Styled(list, styleKey(p.listStyle), at)
	}
	lb, ok := u.Next(list, at, func(format string) {
		l.d.warn.Add("number_format_unknown", "自动编号的格式 "+format+" 不支持，改用阿拉伯数字")
	})
	if !ok {
		return nil
	}
	return &lb
}
