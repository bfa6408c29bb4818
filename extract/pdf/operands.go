package pdf

// operands says what an operator needs: the count of numbers at its end, or the
// kind of its last operand where that is no number. Fewer are damage, more are
// not: producers leave values behind.
type operands struct {
	numbers int
	last    tokenKind // tokEOF: no demand
}

// operandsOf is the table of ISO 32000-1, annex A; known is false for words that
// are no operators. Colour operators take what their space wants.
func operandsOf(op []byte) (o operands, known bool) {
	switch string(op) {
	case "q", "Q", "h", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "BT", "ET", "T*",
		"BI", "ID", "EI", "EMC", "BX", "EX", "sc", "scn", "SC", "SCN", "BMC", "BDC", "MP", "DP", "d", "ri":
		return operands{}, true
	case "w", "J", "j", "M", "i", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "g", "G":
		return operands{numbers: 1}, true
	case "m", "l", "Td", "TD", "d0":
		return operands{numbers: 2}, true
	case "rg", "RG":
		return operands{numbers: 3}, true
	case "v", "y", "re", "k", "K":
		return operands{numbers: 4}, true
	case "c", "cm", "Tm", "d1":
		return operands{numbers: 6}, true
	case "Tf":
		return operands{numbers: 1}, true
	case "gs", "Do", "sh", "cs", "CS":
		return operands{last: tokName}, true
	case "Tj", "'", "\"":
		return operands{last: tokString}, true
	case "TJ":
		return operands{last: tokArrayClose}, true
	}
	return operands{}, false
}

// literalWord tells the words that are operands.
func literalWord(w []byte) bool {
	return string(w) == "true" || string(w) == "false" || string(w) == "null"
}

// checkOperands notes what shows that a content stream is not what its producer
// wrote: unknown operators outside BX … EX (7.8.2), operands that are missing
// or of another kind.
func (in *interpreter) checkOperands(op []byte) {
	o, known := operandsOf(op)
	switch {
	case !known:
		if in.compat == 0 {
			in.damaged("未知的指令")
		}
	case !in.has(o.numbers), o.last != tokEOF && (len(in.args) == 0 || in.args[len(in.args)-1].kind != o.last):
		in.damaged("指令的参数不符")
	case op[0] == 'B' && len(op) == 2 && op[1] == 'X':
		in.compat++
	case op[0] == 'E' && len(op) == 2 && op[1] == 'X':
		in.compat = max(0, in.compat-1)
	}
}

// damaged warns of a content stream that can be read in part only.
func (in *interpreter) damaged(why string) {
	in.warn("content_damaged", "第 %d 页的内容流有损坏（%s），文字可能缺失。", in.page.Number, why)
}
