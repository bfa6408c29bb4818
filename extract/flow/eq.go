package flow

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxEQDepth bounds the nesting of the expressions of one field.
const maxEQDepth = 32

// equation reads the instructions of an EQ field (ECMA-376 §17.16.5.16) as a line
// of text: a/b, √(x), x^2. Word writes enclosed characters as \o\ac(○,1) and phonetic
// guides as \o\ad(\s\up 9(zhèng),政): of these the base text is read.
func equation(code string) string {
	_, code, _ = strings.Cut(strings.TrimSpace(code), " ")
	e := &eq{rest: code}
	return strings.TrimSpace(e.text(0, ""))
}

type eq struct{ rest string }

// text reads up to one of the characters of end, which stays.
func (e *eq) text(depth int, end string) string {
	var b strings.Builder
	for e.rest != "" {
		ch, n := utf8.DecodeRuneInString(e.rest)
		switch {
		case strings.ContainsRune(end, ch):
			return b.String()
		case ch != '\\':
			b.WriteString(e.rest[:n])
			e.rest = e.rest[n:]
		default:
			e.rest = e.rest[n:]
			b.WriteString(e.element(depth))
		}
	}
	return b.String()
}

// element reads what stands behind a backslash.
func (e *eq) element(depth int) string {
	ch, n := utf8.DecodeRuneInString(e.rest)
	if n == 0 {
		return ""
	}
	e.rest = e.rest[n:]
	switch {
	case ch == '*': // formatting
		e.word()
		return ""
	case !unicode.IsLetter(ch):
		return string(ch)
	}
	options := e.options()
	if !strings.HasPrefix(e.rest, "(") {
		return ""
	}
	args := e.arguments(depth)
	switch unicode.ToLower(ch) {
	case 'o':
		return overlaid(args)
	case 'f':
		if len(args) == 2 {
			return args[0].text + "/" + args[1].text
		}
	case 'r':
		return "√(" + args[len(args)-1].text + ")"
	case 's':
		mark := "^"
		if strings.Contains(options, `\do`) {
			mark = "_"
		}
		return mark + joined(args, mark)
	case 'b':
		return "(" + joined(args, ",") + ")"
	case 'l':
		return joined(args, ",")
	case 'i':
		return "∫" + joined(args, " ")
	}
	return joined(args, " ")
}

// options reads the switches between an element's letter and its arguments, as
// \ac, \up 9 or \bc\{; they are returned without spaces.
func (e *eq) options() string {
	var b strings.Builder
	for e.rest != "" && e.rest[0] != '(' {
		ch, n := utf8.DecodeRuneInString(e.rest)
		if ch == '\\' && len(e.rest) > 1 {
			_, m := utf8.DecodeRuneInString(e.rest[1:])
			n += m // so that a bracket behind it is none
		} else if !unicode.IsLetter(ch) && !unicode.IsDigit(ch) && !unicode.IsSpace(ch) && ch != '-' {
			break
		}
		b.WriteString(strings.TrimSpace(strings.ToLower(e.rest[:n])))
		e.rest = e.rest[n:]
	}
	return b.String()
}

// argument is one argument; script tells one that is only set above or below.
type argument struct {
	text   string
	script bool
}

// arguments reads a list in brackets. There is at least one argument.
func (e *eq) arguments(depth int) []argument {
	e.rest = e.rest[1:]
	if depth >= maxEQDepth {
		return []argument{{}}
	}
	var out []argument
	for {
		start := strings.TrimSpace(e.rest)
		script := len(start) > 1 && (start[:2] == `\s` || start[:2] == `\S`)
		out = append(out, argument{strings.TrimSpace(e.text(depth+1, ",;)")), script})
		if e.rest == "" {
			return out
		}
		last := e.rest[0] == ')'
		e.rest = e.rest[1:]
		if last {
			return out
		}
	}
}

// overlaid is what characters drawn over one another read as: an enclosed number
// or the base below a phonetic guide.
func overlaid(args []argument) string {
	base := ""
	for _, a := range args {
		if !a.script {
			base = a.text
		}
	}
	switch shape := args[0].text; shape {
	case "○", "◯", "o", "O", "〇":
		if n, err := strconv.Atoi(base); err == nil && n >= 1 && n <= 20 {
			return string('①' + rune(n-1))
		}
	}
	return base
}

func joined(args []argument, between string) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.text
	}
	return strings.Join(out, between)
}

// word drops a word, or what stands in quotes.
func (e *eq) word() {
	e.rest = strings.TrimLeft(e.rest, " ")
	if quoted, ok := strings.CutPrefix(e.rest, `"`); ok {
		_, e.rest, _ = strings.Cut(quoted, `"`)
		return
	}
	_, e.rest, _ = strings.Cut(e.rest, " ")
}
