package pdf

// pathOperator runs the operators of 8.5.2 and 8.5.3.
func (in *interpreter) pathOperator(op []byte) bool {
	switch string(op) {
	case "m", "l":
		if in.has(2) {
			x, y := in.gs.ctm.Apply(in.num(0, 2), in.num(1, 2))
			if op[0] == 'm' {
				in.path.Move(x, y)
			} else {
				in.path.Line(x, y)
			}
		}
	case "c":
		in.curve(6)
	case "v", "y":
		in.curve(4)
	case "h":
		in.path.Close()
	case "re":
		if in.has(4) {
			in.addRectangle(in.num(0, 4), in.num(1, 4), in.num(2, 4), in.num(3, 4))
		}
	case "S":
		in.paintPath(false, true)
	case "s":
		in.path.Close()
		in.paintPath(false, true)
	case "f", "F", "f*":
		in.paintPath(true, false)
	case "B", "B*":
		in.paintPath(true, true)
	case "b", "b*":
		in.path.Close()
		in.paintPath(true, true)
	case "n":
		in.paintPath(false, false)
	case "W", "W*":
		in.clipW = true
	default:
		return false
	}
	return true
}

func (in *interpreter) addRectangle(x, y, w, h float64) {
	for i, c := range [4][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} {
		dx, dy := in.gs.ctm.Apply(c[0], c[1])
		if i == 0 {
			in.path.Move(dx, dy)
		} else {
			in.path.Line(dx, dy)
		}
	}
	in.path.Close()
}

// curve adds the end and the control points of a curve.
func (in *interpreter) curve(n int) {
	if !in.has(n) {
		return
	}
	for i := 0; i < n; i += 2 {
		in.path.Curve(in.gs.ctm.Apply(in.num(i, n), in.num(i+1, n)))
	}
}

// paintPath has the current path drawn, applies a pending clip and clears the
// path.
func (in *interpreter) paintPath(fill, stroke bool) {
	p, gs := &in.path, &in.gs
	if in.hidden == 0 {
		if fill && !gs.fill.invisible() {
			in.canvas.Fill(p, gs.clip)
		}
		if stroke && !gs.stroke.invisible() {
			in.canvas.Stroke(p, gs.lineWidth*gs.ctm.Scale(), gs.clip)
		}
	}
	if b, ok := p.Bounds(); in.clipW && ok {
		gs.clip = gs.clip.Intersect(b)
	}
	in.clipW = false
	p.Clear()
}
