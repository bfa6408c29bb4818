package web

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// rgb is a colour with components and opacity from 0 to 1.
type rgb struct{ r, g, b, a float64 }

func parseColour(t *testing.T, s string) rgb {
	t.Helper()
	s = strings.TrimPrefix(s, "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	if len(s) == 6 {
		s += "ff"
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 8 {
		t.Fatalf("no colour: %q", s)
	}
	part := func(shift int) float64 { return float64(v>>shift&0xff) / 255 }
	return rgb{part(24), part(16), part(8), part(0)}
}

// over is the colour laid on another one.
func (c rgb) over(under rgb) rgb {
	mix := func(x, y float64) float64 { return x*c.a + y*(1-c.a) }
	return rgb{mix(c.r, under.r), mix(c.g, under.g), mix(c.b, under.b), 1}
}

// luminance is WCAG 2.2's relative luminance.
func (c rgb) luminance() float64 {
	part := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.r) + 0.7152*part(c.g) + 0.0722*part(c.b)
}

// contrast is WCAG 2.2's contrast ratio.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// styles is all of the style sheets.
func styles(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("assets/css/*.css")
	if err != nil || len(files) == 0 {
		t.Fatal("no style sheets", err)
	}
	var b strings.Builder
	for _, f := range files {
		content, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("@media all {}\n") // ends what the file before is in: see palettes
		b.Write(content)
	}
	return b.String()
}

// palettes are the colour variables in light and in dark.
func palettes(t *testing.T) map[string]map[string]rgb {
	t.Helper()
	css := styles(t)
	variable := regexp.MustCompile(`--([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\b`)
	light, dark := map[string]rgb{}, map[string]rgb{}
	for block := range strings.SplitSeq(css, "@media") {
		into := light
		switch {
		case strings.HasPrefix(strings.TrimSpace(block), "print"):
			continue // black on white
		case strings.HasPrefix(strings.TrimSpace(block), "(prefers-color-scheme: dark)"):
			into = dark
		}
		for _, m := range variable.FindAllStringSubmatch(block, -1) {
			into[m[1]] = parseColour(t, m[2])
		}
	}
	for name, c := range light {
		if _, own := dark[name]; !own {
			dark[name] = c
		}
	}
	return map[string]map[string]rgb{"light": light, "dark": dark}
}

// pair is a colour that is used on another one: names of variables, or fixed
// colours.
type pair struct{ text, ground string }

const (
	leastText    = 4.5 // WCAG 1.4.3
	leastControl = 3   // WCAG 1.4.11: boundaries of controls, marks without a text
)

// textPairs are the colours in which text is written, and on what.
func textPairs() (out []pair) {
	for _, ground := range []string{"bg", "card", "soft"} {
		for _, text := range []string{"ink", "dim", "accent"} {
			out = append(out, pair{text, ground})
		}
	}
	for _, severity := range []string{"error", "warning", "info", "pass"} {
		out = append(out, pair{severity, severity + "-soft"}, pair{severity, "card"}, pair{"ink", severity + "-soft"}, pair{"dim", severity + "-soft"})
	}
	return append(out, pair{"accent-ink", "accent"}, pair{"accent", "accent-soft"}, pair{"ink", "accent-soft"}, pair{"dim", "accent-soft"},
		pair{"dim", "stripe"}, pair{"ink", "stripe"},
		// words on the paper of a page whose picture is not there
		pair{"#3d4852", "#fff"}, pair{"#5c6b7a", "#fff"},
		// bodies without a report, and the squares of a year
		pair{"missing", "missing-soft"}, pair{"missing", "card"}, pair{"sq-ink", "sq-failed"}, pair{"sq-ink", "sq-errors"},
		pair{"sq-warnings-ink", "sq-warnings"}, pair{"sq-clean-ink", "sq-clean"},
		// numbers of findings, and the button that cannot be undone
		pair{"#fff", "#b3261e"}, pair{"#fff", "#8f5f00"}, pair{"#fff", "#2f6398"}, pair{"#fff", "#46586a"})
}

// controlPairs are boundaries that have to be seen.
func controlPairs() []pair {
	out := []pair{{"accent", "accent-soft"}} // the boxes of a distribution
	for _, series := range []string{"a", "b", "c", "d", "e", "f"} {
		out = append(out, pair{"series-" + series, "card"})
	}
	return append(out, []pair{{"grid", "card"}, {"accent", "card"}, {"accent", "bg"}, {"error", "card"}, {"error", "error-soft"}, {"warning", "warning-soft"}}...)
}

func TestContrast(t *testing.T) {
	for scheme, colours := range palettes(t) {
		colour := func(name string) rgb {
			if strings.HasPrefix(name, "#") {
				return parseColour(t, name)
			}
			c, known := colours[name]
			if !known {
				t.Fatalf("no variable --%s", name)
			}
			return c
		}
		check := func(p pair, least float64) {
			ground := colour(p.ground).over(colour("card"))
			if got := contrast(colour(p.text).over(ground), ground); got < least {
				t.Errorf("%s: %s on %s: %.2f, less than %g", scheme, p.text, p.ground, got, least)
			}
		}
		for _, p := range textPairs() {
			check(p, leastText)
		}
		for _, p := range controlPairs() {
			check(p, leastControl)
		}
	}
}

// Every colour of a text is a variable, so that it has a pair above; the fixed ones
// are white on the pairs' grounds.
func TestTextIsInVariables(t *testing.T) {
	css := withoutPrint(styles(t))
	known := map[string]bool{}
	for _, p := range textPairs() {
		known[p.text] = true
	}
	for _, p := range controlPairs() {
		known[p.text] = true
	}
	uses := regexp.MustCompile(`[;{\s]color:\s*([^;}]+)`).FindAllStringSubmatch(css, -1)
	if len(uses) < 20 {
		t.Fatalf("%d colours of texts are found", len(uses))
	}
	for _, m := range uses {
		value := strings.TrimSpace(m[1])
		name := strings.TrimSuffix(strings.TrimPrefix(value, "var(--"), ")")
		if value != "inherit" && !known[name] {
			t.Errorf("color: %s has no pair in textPairs", value)
		}
	}
}

// withoutPrint leaves out the rules for paper, wherever a style sheet has them.
func withoutPrint(css string) string {
	for {
		i := strings.Index(css, "@media print")
		if i < 0 {
			return css
		}
		end, depth := i, 0
		for ; end < len(css); end++ {
			if css[end] == '{' {
				depth++
			} else if css[end] == '}' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		css = css[:i] + css[min(end+1, len(css)):]
	}
}

// The numbers that WCAG itself gives.
func TestContrastFormula(t *testing.T) {
	for _, k := range []struct {
		a, b string
		want float64
	}{{"#000", "#fff", 21}, {"#777", "#fff", 4.48}, {"#fff", "#fff", 1}} {
		if got := contrast(parseColour(t, k.a), parseColour(t, k.b)); math.Abs(got-k.want) > 0.005 {
			t.Errorf("%s on %s: %.3f, want %.2f", k.a, k.b, got, k.want)
		}
	}
}
