package docx

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxDrawnLines bounds the lines kept of one chart or diagram.
const maxDrawnLines = 10_000

// readChart lists the text of a chart part (ECMA-376 §21.2): titles, then a line
// for each series with its points as "category value".
func readChart(x *xmlReader) []string {
	c := &chart{x: x}
	c.content()
	return c.lines
}

type chart struct {
	x     *xmlReader
	lines []string
	// percent is set within values that are shown as percentages.
	percent bool
}

func (c *chart) add(line string) {
	if line = strings.TrimSpace(line); line != "" && len(c.lines) < maxDrawnLines {
		c.lines = append(c.lines, line)
	}
}

// content reads what an element of the chart holds.
func (c *chart) content() {
	for c.x.nextChild() {
		switch {
		case c.x.ns != nsChart:
			c.x.skip()
		case c.x.local == "title":
			c.add(strings.Join(c.points(), " "))
		case c.x.local == "ser":
			c.series()
		case c.x.local == "externalData", c.x.local == "dLbls", c.x.local == "legend", c.x.local == "pivotFmts":
			c.x.skip()
		default:
			c.content()
		}
	}
}

// series reads c:ser.
func (c *chart) series() {
	var name string
	var categories, values []string
	for c.x.nextChild() {
		switch c.x.local {
		case "tx":
			name = strings.Join(c.points(), " ")
		case "cat", "xVal":
			categories = c.points()
		case "val", "yVal":
			values = c.points()
		default:
			c.x.skip()
		}
	}
	var b strings.Builder
	b.WriteString(name)
	for i := range max(len(categories), len(values)) {
		switch {
		case i > 0:
			b.WriteString("；")
		case name != "":
			b.WriteString("：")
		}
		if i < len(categories) {
			b.WriteString(categories[i])
		}
		if i < len(values) {
			if i < len(categories) && categories[i] != "" {
				b.WriteByte(' ')
			}
			b.WriteString(values[i])
		}
	}
	c.add(b.String())
}

// points lists the texts of an element: the values of a cache (c:pt) by their
// index, or paragraphs of rich text. Of a cache with several levels the points of
// all are in one list.
func (c *chart) points() []string {
	var out []string
	for c.x.nextChild() {
		switch c.x.local {
		case "pt":
			i := boundedInt(c.x.attr(nsNone, "idx"), 0, maxDrawnLines, len(out))
			for len(out) <= i {
				out = append(out, "")
			}
			out[i] = strings.TrimSpace(out[i] + " " + strings.Join(c.points(), " "))
		case "v":
			out = append(out, c.number(textOf(c.x)))
		case "p":
			out = append(out, textOf(c.x))
		case "formatCode":
			c.percent = strings.Contains(textOf(c.x), "%")
		case "f", "ptCount", "spPr", "txPr":
			c.x.skip()
		case "numCache", "strCache", "lvl":
			c.percent = false
			out = append(out, c.points()...)
		default:
			out = append(out, c.points()...)
		}
	}
	return out
}

// number writes a value as it is shown: with the 15 digits that Excel shows at
// most, not with the noise of binary fractions behind them.
func (c *chart) number(value string) string {
	const digits = 15
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || !(math.Abs(f) < 1e15) || !c.percent && len(value) <= digits {
		return value
	}
	sign := ""
	if c.percent {
		f, sign = f*100, "%"
	}
	short, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', digits, 64), 64)
	return strconv.FormatFloat(short, 'f', -1, 64) + sign
}

// textOf is all character data of an element but properties, with a space for
// breaks.
func textOf(x *xmlReader) string {
	var b strings.Builder
	for depth := 1; depth > 0; {
		switch x.next() {
		case kindStart:
			if strings.HasSuffix(x.local, "Pr") {
				x.skip()
				continue
			}
			if x.local == "br" {
				b.WriteByte(' ')
			}
			depth++
		case kindEnd:
			if x.err != nil || x.eof {
				return ""
			}
			depth--
		case kindText:
			b.Write(x.text)
		}
	}
	return strings.TrimSpace(b.String())
}

// readDiagram lists the text of the shapes of a diagram's data part (ECMA-376
// §21.4.2), those below another right after it and indented.
func readDiagram(x *xmlReader) []string {
	g := &diagram{text: map[string]string{}, below: map[string][]connection{}}
	for x.nextChild() { // dgm:dataModel
		for x.nextChild() {
			if x.local != "ptLst" && x.local != "cxnLst" {
				x.skip()
				continue
			}
			for x.nextChild() {
				switch x.local {
				case "pt":
					g.point(x)
				case "cxn":
					g.connection(x)
				default:
					x.skip()
				}
			}
		}
	}
	return g.lines()
}

// diagram is a forest of shapes.
type diagram struct {
	order []string // ids of shapes
	text  map[string]string
	below map[string][]connection
	inner map[string]bool // shapes that are below another
}

type connection struct {
	to    string
	order int
}

func (g *diagram) point(x *xmlReader) {
	id, kind := string(x.attr(nsNone, "modelId")), string(x.attr(nsNone, "type"))
	var lines []string
	for x.nextChild() {
		if x.local != "t" {
			x.skip()
			continue
		}
		for x.nextChild() { // a:bodyPr, a:p
			if x.local != "p" {
				x.skip()
			} else if line := textOf(x); line != "" {
				lines = append(lines, line)
			}
		}
	}
	switch kind {
	case "pres", "parTrans", "sibTrans": // how it is drawn
		return
	}
	if _, twice := g.text[id]; !twice {
		g.order = append(g.order, id)
		g.text[id] = strings.Join(lines, " ")
	}
}

func (g *diagram) connection(x *xmlReader) {
	kind := string(x.attr(nsNone, "type"))
	if kind == "" || kind == "parOf" {
		from, to := string(x.attr(nsNone, "srcId")), string(x.attr(nsNone, "destId"))
		g.below[from] = append(g.below[from], connection{to, boundedInt(x.attr(nsNone, "srcOrd"), 0, 1<<30, 0)})
		if g.inner == nil {
			g.inner = map[string]bool{}
		}
		g.inner[to] = true
	}
	x.skip()
}

// lines walks the forest. A shape is written once, so that circles end.
func (g *diagram) lines() []string {
	type step struct {
		id    string
		depth int
	}
	var out []string
	done := map[string]bool{}
	walk := func(root string) {
		for stack := []step{{root, 0}}; len(stack) > 0; {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if done[at.id] {
				continue
			}
			done[at.id] = true
			depth := at.depth
			if text := g.text[at.id]; text != "" && len(out) < maxDrawnLines {
				out = append(out, strings.Repeat("　", min(depth, 8))+text)
				depth++
			}
			below := slices.Clone(g.below[at.id])
			slices.SortStableFunc(below, func(a, b connection) int { return b.order - a.order })
			for _, c := range below {
				stack = append(stack, step{c.to, depth})
			}
		}
	}
	for _, id := range g.order {
		if !g.inner[id] {
			walk(id)
		}
	}
	for _, id := range g.order {
		walk(id)
	}
	return out
}
