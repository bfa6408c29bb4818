package rtf

import (
	"math"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// shape is a shape or picture being read, with the property that is.
type shape struct {
	name, value   []byte
	alt           string
	width, height int // twips
	scaleX        int // percent
	scaleY        int
	picture       bool // it has a picture
	outer         *shape
}

// maxTwips bounds lengths: 22 inches are Word's largest page, tables may be wider.
const maxTwips = 1 << 20

func bound(twips int) int { return min(max(twips, -maxTwips), maxTwips) }

// beginPicture begins \pict.
func (r *reading) beginPicture() {
	r.g.shape = &shape{scaleX: 100, scaleY: 100, outer: r.g.shape}
	// What stands in a property of a shape belongs to the shape.
	r.g.shape.picture = r.g.to == toPropertyValue
	r.g.to, r.g.ends = toPicture, endsPicture
}

// endPicture adds the picture, or tells the shape that it has one.
func (r *reading) endPicture() {
	s := r.g.shape
	r.g.shape = s.outer
	if s.picture && s.outer != nil {
		s.outer.picture = true
		return
	}
	if len(r.groups) > 0 && r.groups[len(r.groups)-1].to == toStory {
		r.image(s.alt, s.width*s.scaleX/100, s.height*s.scaleY/100)
	}
}

// image anchors a picture in the paragraph.
func (r *reading) image(alt string, width, height int) {
	outer := r.g
	if len(r.groups) > 0 {
		outer = r.groups[len(r.groups)-1]
	}
	if outer.chars.hidden || !r.reads(outer.chars.change()) {
		return
	}
	p := r.story.paragraph()
	p.Anchor(flow.Item{Block: extract.Block{
		Type: extract.Image, Text: alt, Part: r.story.position("p", r.story.paragraphs),
		Width: points(width), Height: points(height),
	}})
}

func points(twips int) float64 { return math.Round(float64(max(twips, 0))*5) / 100 }

// endShape adds the picture of a shape; its text was added when it was read.
func (r *reading) endShape() {
	s := r.g.shape
	if len(r.groups) > 0 {
		r.g.shape = r.groups[len(r.groups)-1].shape
	}
	if s.picture {
		r.image(s.alt, s.width, s.height)
	}
}

// endProperty takes the value of a property of a shape.
func (r *reading) endProperty() {
	s := r.g.shape
	switch string(s.name) {
	case "wzDescription":
		s.alt = strings.TrimSpace(string(s.value))
	case "gtextUNICODE": // word art
		if text := strings.TrimSpace(string(s.value)); text != "" {
			r.story.paragraph().Anchor(flow.Item{Block: extract.Block{
				Type: extract.Paragraph, Role: extract.RoleTextbox, Text: text,
				Part: r.story.position("p", r.story.paragraphs),
			}})
		}
	}
}

// drawingControl reads the extents of pictures and shapes, and forms.
func (r *reading) drawingControl(word string, param int) bool {
	if f := r.g.field; f != nil {
		switch word {
		case "ffres":
			f.chosen, f.stated = param, true
			return true
		case "ffdefres":
			f.standard, f.stated = param, true
			return true
		}
	}
	s := r.g.shape
	if s == nil {
		return false
	}
	param = bound(param)
	switch word {
	case "picwgoal":
		s.width = param
	case "pichgoal":
		s.height = param
	case "picscalex":
		s.scaleX = param
	case "picscaley":
		s.scaleY = param
	case "shpleft", "shptop":
		if word == "shpleft" {
			s.width -= param
		} else {
			s.height -= param
		}
	case "shpright":
		s.width += param
	case "shpbottom":
		s.height += param
	default:
		return false
	}
	return true
}

// endObjectClass warns of an embedded object; its picture is read.
func (r *reading) endObjectClass() {
	name := []rune(strings.TrimSpace(string(r.object)))
	if len(name) == 0 {
		name = []rune("未知类型")
	}
	r.warn.Add("embedded_object", "嵌入对象（"+string(name[:min(len(name), 40)])+"）的内容未读取")
}
