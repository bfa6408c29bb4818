package webtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// quote is a string of JavaScript.
func quote(s string) string {
	b, _ := json.Marshal(s) // of a string it never fails
	return string(b)
}

// NoOverflow fails where the page is wider than the window: wide tables scroll
// in a box of their own.
func (b *Tab) NoOverflow(where string) {
	b.t.Helper()
	wide := Eval[[]string](b, `(() => {
		const w = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= w) return [];
		return ["page " + document.documentElement.scrollWidth + " > " + w].concat([...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > w + 1 && !e.closest(".scroll")).slice(0, 5)
			.map(e => e.tagName + "." + e.className));
	})()`)
	if len(wide) > 0 {
		b.t.Errorf("%s: wider than the window: %v", where, wide)
	}
}

// Outline fails where headings leave a level out or there is not exactly one h1,
// and where the body text is smaller than 15 px or a target than 24 px (WCAG
// 2.5.8: links in a sentence may be, and a target with room around it).
func (b *Tab) Outline(where string) {
	b.t.Helper()
	bad := Eval[[]string](b, `(() => {
		const bad = [], seen = e => e.checkVisibility({ visibilityProperty: true });
		let last = 0, first = 0;
		for (const h of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
			if (!seen(h)) continue;
			const n = Number(h.tagName[1]);
			if (n === 1) first++;
			if (n > last + 1) bad.push("heading " + n + " after " + last + ": " + h.textContent.trim().slice(0, 40));
			last = n;
		}
		if (first !== 1) bad.push(first + " headings of level 1");
		const size = parseFloat(getComputedStyle(document.body).fontSize);
		if (size < 15) bad.push("body text of " + size + " px");
		for (const e of document.querySelectorAll("button, select, textarea, input:not([type=hidden]), summary")) {
			const r = e.getBoundingClientRect();
			if (seen(e) && r.width > 1 && (r.height < 23.5 || r.width < 23.5) && !e.matches("[type=checkbox], [type=radio]"))
				bad.push("target of " + Math.round(r.width) + " × " + Math.round(r.height) + " px: " + e.outerHTML.slice(0, 80));
		}
		return bad;
	})()`)
	for _, x := range bad {
		b.t.Errorf("%s: %s", where, x)
	}
}

// violation is what axe-core found wrong.
type violation struct {
	ID     string `json:"id"`
	Impact string `json:"impact"`
	Help   string `json:"help"`
	Nodes  []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	} `json:"nodes"`
}

// axeVersion is the version of axe-core that `.ci/run` installs.
const axeVersion = "4.12.1"

// axeSource is axe-core's script, from NIANBAO_AXE or from where `.ci/run` keeps
// it; "" where it is not there.
func axeSource(t *testing.T) string {
	t.Helper()
	path := os.Getenv("NIANBAO_AXE")
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(cache, "nianbao-test", "axe", "node_modules", "axe-core", "axe.min.js")
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !required() {
		return ""
	}
	if err != nil {
		t.Fatalf("no axe-core (npm install --prefix ~/.cache/nianbao-test/axe axe-core@%s): %v", axeVersion, err)
	}
	if !strings.Contains(string(b[:min(len(b), 200)]), "axe v"+axeVersion) {
		t.Fatalf("%s is not axe-core %s", path, axeVersion)
	}
	return string(b)
}

// Axe runs the accessibility engine axe-core on the page as it is now, with the
// rules of WCAG 2.2 AA, and fails for what it finds. The script goes in by the
// debugger's protocol: the page's Content Security Policy stays as it is.
// Without axe-core the test goes on and says so.
func (b *Tab) Axe(where string) {
	b.t.Helper()
	source := axeSource(b.t)
	if source == "" {
		b.t.Logf("SKIPPED, NOT PASSED: %s without axe-core (npm install --prefix ~/.cache/nianbao-test/axe axe-core@%s)", where, axeVersion)
		return
	}
	if !Eval[bool](b, `typeof axe === "object"`) {
		Eval[bool](b, source+";\ntrue")
	}
	got := Eval[struct {
		Violations []violation `json:"violations"`
		Passes     int         `json:"passes"`
	}](b, `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })
		.then(r => ({ violations: r.violations, passes: r.passes.length }))`)
	if got.Passes == 0 {
		b.t.Errorf("%s: axe-core looked at nothing", where)
	}
	for _, v := range got.Violations {
		var out strings.Builder
		for i, n := range v.Nodes {
			if i == 4 {
				fmt.Fprintf(&out, "\n  … and %d more", len(v.Nodes)-i)
				break
			}
			fmt.Fprintf(&out, "\n  %.200s\n    %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n    "))
		}
		b.t.Errorf("%s: axe %s (%s): %s%s", where, v.ID, v.Impact, v.Help, out.String())
	}
}

// Inspect checks the page that is open as every page is checked: at 1440 px light
// and dark and at 360 px, its width, its outline and its accessibility. It leaves
// the tab at 1440 px, light.
func (b *Tab) Inspect(name string) {
	b.t.Helper()
	for _, look := range Looks() {
		b.Look(look)
		where := name + " " + look.Name
		b.NoOverflow(where)
		b.Outline(where)
		b.Axe(where)
	}
	b.Look(Looks()[0])
}

// Look is a way a page is looked at.
type Look struct {
	Name  string
	Width int64
	Dark  bool
}

// Looks are the ways every page is looked at.
func Looks() []Look {
	return []Look{{"1440", Wide, false}, {"1440-dark", Wide, true}, {"360", Phone, false}, {"360-dark", Phone, true}}
}

// Look shows the page that is open in that way.
func (b *Tab) Look(l Look) {
	b.t.Helper()
	height := int64(900)
	if l.Width < 500 {
		height = 740
	}
	b.Size(l.Width, height)
	b.Dark(l.Dark)
	Eval[int](b, `Promise.allSettled(document.getAnimations().map(a => a.finished)).then(a => a.length)`)
}
