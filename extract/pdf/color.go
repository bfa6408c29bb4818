package pdf

// colorSpace is how the components of a colour say "white".
type colorSpace uint8

const (
	spaceAdditive    colorSpace = iota // gray, RGB: all components 1
	spaceSubtractive                   // CMYK, Separation, DeviceN: all 0
	spaceOther                         // Indexed, Pattern, Lab: never taken for white
)

// colorOperator runs the operators of 8.6.8.
func (in *interpreter) colorOperator(op []byte) bool {
	p := &in.gs.fill
	switch string(op) {
	case "G", "RG", "K", "CS", "SC", "SCN":
		p = &in.gs.stroke
	case "g", "rg", "k", "cs", "sc", "scn":
	default:
		return false
	}
	switch string(op) {
	case "g", "G":
		p.space = spaceAdditive
		p.white = in.allAt(1, 1)
	case "rg", "RG":
		p.space = spaceAdditive
		p.white = in.allAt(3, 1)
	case "k", "K":
		p.space = spaceSubtractive
		p.white = in.allAt(4, 0)
	case "cs", "CS":
		p.space = in.colorSpace(string(in.last(tokName)))
		p.white = false // the initial colour is black, 8.6.5.2
	default:
		switch p.space {
		case spaceAdditive:
			p.white = in.allAt(len(in.args), 1)
		case spaceSubtractive:
			p.white = in.allAt(len(in.args), 0)
		default:
			p.white = false
		}
	}
	return true
}

// allAt tells whether the last n operands are all within 1 % of v.
func (in *interpreter) allAt(n int, v float64) bool {
	if n == 0 || !in.has(n) {
		return false
	}
	for i := range n {
		if x := in.num(i, n) - v; x > 0.011 || x < -0.011 {
			return false
		}
	}
	return true
}

func (in *interpreter) colorSpace(name string) colorSpace {
	if s, ok := in.res.spaces[name]; ok {
		return s
	}
	s := familyOf(name, value{})
	if v := in.res.dict.key("ColorSpace").key(name); v.kind() == kindName {
		s = familyOf(v.name(), v)
	} else if v.kind() == kindArray {
		s = familyOf(v.index(0).name(), v)
	}
	if in.res.spaces == nil {
		in.res.spaces = map[string]colorSpace{}
	}
	in.res.spaces[name] = s
	return s
}

func familyOf(name string, v value) colorSpace {
	switch name {
	case "DeviceGray", "DeviceRGB", "CalGray", "CalRGB", "G", "RGB":
		return spaceAdditive
	case "DeviceCMYK", "CMYK", "Separation", "DeviceN":
		return spaceSubtractive
	case "ICCBased":
		if v.index(1).key("N").integer() == 4 {
			return spaceSubtractive
		}
		return spaceAdditive
	}
	return spaceOther
}
