package docx

import (
	"math"
	"strconv"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// emuPerPoint converts DrawingML lengths (ECMA-376 §20.1.2.1).
const emuPerPoint = 12700

// picture is what a drawing says about the picture in it.
type picture struct {
	alt           string
	width, height float64 // points
	grouped       bool
	// object is the program of an embedded object, shown whether a picture is.
	object string
	shown  bool
}

// graphic reads w:drawing, w:pict or w:object: pictures become image blocks,
// text boxes and word art blocks of their own role at the place of the anchor.
func (s *story) graphic(p *paragraph) {
	place := s.position("p", p.index)
	to := &flow.Sink{}
	var pic picture
	s.graphicContent(to, &pic, place)
	if pic.object != "" && !pic.shown {
		s.image(to, &pic, place) // it has no picture, but it is there
	}
	p.anchor(to.Items...)
}

// graphicContent descends through shapes, groups and canvases.
func (s *story) graphicContent(to *flow.Sink, pic *picture, place *string) {
	for s.x.nextChild() {
		switch s.x.ns {
		case nsW:
			if s.x.local == "txbxContent" {
				s.textBox(to)
				continue
			}
		case nsWP:
			s.drawingProps(pic)
		case nsWPG:
			pic.grouped = pic.grouped || s.x.local == "wgp" || s.x.local == "wpc"
		case nsA:
			if s.x.local == "blip" {
				s.image(to, pic, place)
				s.x.skip()
				continue
			}
		case nsPic:
			if s.x.local == "cNvPr" && pic.alt == "" {
				pic.alt = altText(s.x)
			}
		case nsChart, nsDgm:
			s.drawn(to, pic, place)
		case nsV:
			s.vml(to, pic, place)
		case nsO:
			if s.x.local == "OLEObject" {
				s.warn.Add("embedded_object", "嵌入对象（"+objectName(s.x)+"）的内容未读取，只记位置")
				pic.object = objectName(s.x)
			}
		}
		s.graphicContent(to, pic, place)
	}
}

func objectName(x *xmlReader) string {
	name := []rune(string(x.attr(nsNone, "ProgID")))
	if len(name) == 0 {
		return "未知类型"
	}
	return string(name[:min(len(name), 40)])
}

// drawingProps takes extent and description of wp:inline and wp:anchor.
func (s *story) drawingProps(pic *picture) {
	switch s.x.local {
	case "extent":
		pic.width = emuPoints(s.x.attr(nsNone, "cx"))
		pic.height = emuPoints(s.x.attr(nsNone, "cy"))
	case "docPr":
		pic.alt = altText(s.x)
	}
}

func altText(x *xmlReader) string {
	if d := strings.TrimSpace(string(x.attr(nsNone, "descr"))); d != "" {
		return d
	}
	return strings.TrimSpace(string(x.attr(nsNone, "title")))
}

func emuPoints(value []byte) float64 {
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || n < 0 || n > emuPerPoint*1_000_000 {
		return 0
	}
	return math.Round(float64(n)/emuPerPoint*100) / 100
}

// vml reads the attributes of a VML element that carry content: the size of a
// shape, picture data and word art.
func (s *story) vml(to *flow.Sink, pic *picture, place *string) {
	switch s.x.local {
	case "shape", "rect", "roundrect", "oval", "image":
		pic.width, pic.height = vmlExtent(string(s.x.attr(nsNone, "style")))
		if alt := strings.TrimSpace(string(s.x.attr(nsNone, "alt"))); alt != "" {
			pic.alt = alt
		}
	case "imagedata":
		if pic.alt == "" {
			pic.alt = strings.TrimSpace(string(s.x.attr(nsO, "title")))
		}
		s.image(to, pic, place)
	case "textpath":
		if text := strings.TrimSpace(string(s.x.attr(nsNone, "string"))); text != "" {
			to.Items = append(to.Items, flow.Item{Block: extract.Block{
				Type: extract.Paragraph, Role: extract.RoleTextbox, Text: text, Part: place,
			}})
		}
	}
}

// vmlExtent reads width and height in points from a VML style attribute.
func vmlExtent(style string) (width, height float64) {
	for decl := range strings.SplitSeq(style, ";") {
		name, value, _ := strings.Cut(decl, ":")
		switch strings.TrimSpace(name) {
		case "width":
			width = cssPoints(value)
		case "height":
			height = cssPoints(value)
		}
	}
	return width, height
}

func cssPoints(value string) float64 {
	value = strings.TrimSpace(value)
	for _, unit := range []struct {
		name   string
		points float64
	}{{"pt", 1}, {"in", 72}, {"cm", 72 / 2.54}, {"mm", 72 / 25.4}, {"pc", 12}, {"px", 0.75}, {"", 0.75}} {
		number, ok := strings.CutSuffix(value, unit.name)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(f >= 0 && f < 1e6) {
			return 0
		}
		return math.Round(f*unit.points*100) / 100
	}
	return 0
}

// drawn reads c:chart or dgm:relIds: a picture whose text another part holds.
func (s *story) drawn(to *flow.Sink, pic *picture, place *string) {
	kind, id := embedChart, s.x.attr(nsR, "id")
	switch {
	case s.x.ns == nsChart && s.x.local == "chart":
	case s.x.ns == nsDgm && s.x.local == "relIds":
		kind, id = embedDiagram, s.x.attr(nsR, "dm")
	default:
		return
	}
	s.image(to, pic, place)
	to.Items = append(to.Items, s.embedded(kind, string(id), place))
}

// image adds a picture. Of pictures in a group only the whole group's extent is
// known, so theirs stays unknown.
func (s *story) image(to *flow.Sink, pic *picture, place *string) {
	pic.shown = true
	b := extract.Block{Type: extract.Image, Text: pic.alt, Part: place}
	if !pic.grouped {
		b.Width, b.Height = pic.width, pic.height
	}
	to.Items = append(to.Items, flow.Item{Block: b})
}

// textBox reads w:txbxContent as blocks of its own.
func (s *story) textBox(to *flow.Sink) {
	box := &flow.Sink{Role: extract.RoleTextbox}
	contents := s.contents
	s.contents = 0
	s.container(box)
	s.contents = contents
	to.Items = append(to.Items, flow.InRole(box.Items, box.Role)...)
}
