package pdf

// image records a picture that fills the unit square (8.9.5).
func (in *interpreter) image() {
	if in.hidden == 0 {
		in.canvas.Image(in.gs.ctm.Box(0, 0, 1, 1), in.gs.clip)
	}
}

// inlineImage skips BI … ID … EI (8.9.7). The data ends at an EI between white
// space that is followed by what looks like content.
func (in *interpreter) inlineImage() {
	for t := in.lex.next(); ; t = in.lex.next() {
		if t.kind == tokEOF {
			in.damaged("图像没有结束")
			return
		}
		if t.kind == tokOperator && string(t.str) == "ID" {
			break
		}
	}
	d := in.lex.data
	for i := in.lex.pos + 1; i+2 <= len(d); i++ {
		if d[i] != 'E' || d[i+1] != 'I' || classOf(d[i-1]) != classSpace {
			continue
		}
		if i+2 == len(d) || classOf(d[i+2]) == classSpace && plainText(d[i+2:min(i+12, len(d))]) {
			in.lex.pos = i + 2
			in.image()
			return
		}
	}
	in.damaged("图像没有结束")
	in.lex.pos = len(d)
}

func plainText(b []byte) bool {
	for _, c := range b {
		if c >= 0x7f || c < ' ' && classOf(c) != classSpace || c == 0 {
			return false
		}
	}
	return true
}
