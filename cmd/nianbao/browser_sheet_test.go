package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
)

// sheetSite is a service with a report whose totals do not add up, as PDF {wrong}
// and, of another agency, as Word {word}; and one of many mistakes {many}.
func sheetSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	wrong := fixture.Of(7, "2021", "云溪县水务局", districtYear)
	mistakes()[3](wrong)
	s.add("wrong", wrong, ".pdf")
	word := fixture.Of(9, "2021", "云溪县林业局", districtYear)
	mistakes()[3](word)
	mistakes()[31](word)
	s.add("word", word, ".docx")
	return s
}

// seen is JavaScript that tells whether an element is wholly within the part of its
// pane that the reader sees.
const seen = `(id => { const e = document.getElementById(id); if (!e) return false;
	const r = e.getBoundingClientRect(), pane = e.closest(".original-scroll"), p = pane ? pane.getBoundingClientRect() : {top: 0, bottom: innerHeight};
	return r.height > 0 && r.top >= Math.max(p.top, 0) - 1 && r.bottom <= Math.min(p.bottom, innerHeight) + 1; })`

const totalCell = "at-applications-new-total"

// From the address of a finding, as the overview links to it, its cell is on the
// picture of its page at once: marked, and in view in both panes.
func TestBrowserFindingOnPage(t *testing.T) {
	s := sheetSite(t)
	for _, address := range []string{"#finding-1", "?finding=1"} {
		tab := s.open(t)
		tab.Size(webtest.Wide, 900)
		tab.Go(s.path("/reports/{wrong}" + address))
		at := webtest.Eval[string](tab, `document.getElementById("`+totalCell+`").dataset.at`)
		tab.WaitFor(seen + `("` + at + `")`)
		tab.WaitFor(seen + `("` + totalCell + `")`)
		tab.Wait("#" + at + ".on")
		tab.Wait("#" + totalCell + ".on")
		tab.Says("#current", "第 1 条", "相差")
		tab.WaitFor(`(i => i.complete && i.naturalWidth >= 640)(document.getElementById("` + at + `").closest(".leaf").querySelector("img"))`)
	}
}

// A figure leads to its place and a place to its figure, in PDF and in Word.
func TestBrowserFigures(t *testing.T) {
	s := sheetSite(t)
	for _, name := range []string{"wrong", "word"} {
		tab := s.open(t)
		tab.Size(webtest.Wide, 900)
		tab.Go(s.path("/reports/{" + name + "}"))
		tab.Click("#" + totalCell + " button")
		at := webtest.Eval[string](tab, `document.getElementById("`+totalCell+`").dataset.at`)
		tab.WaitFor(seen + `("` + at + `")`)
		tab.Wait("#" + at + ".on")
		tab.Says("#read-"+totalCell, "原文", "读作")
		tab.Keys(kb.Escape)
		const granted = "at-applications-granted-total"
		other := webtest.Eval[string](tab, `document.getElementById("`+granted+`").dataset.at`)
		webtest.Eval[bool](tab, `(e => { (e.tagName === "TD" ? e.querySelector("a") : e).dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true})); return true; })(document.getElementById("`+other+`"))`)
		tab.Wait("#" + granted + ".on")
		tab.WaitFor(seen + `("` + granted + `")`)
		if n := tab.Count(".sheet-read .on"); n != 1 {
			t.Errorf("%s: %d marks on the right", name, n)
		}
	}
}

// n and p go from finding to finding, Enter opens, Escape comes back.
func TestBrowserFindingKeys(t *testing.T) {
	s := sheetSite(t)
	tab := s.open(t)
	tab.Size(webtest.Wide, 900)
	tab.Go(s.path("/reports/{word}"))
	tab.Keys("n")
	tab.Wait("#finding-1.on")
	if open := tab.Count("#current:not([hidden])"); open != 0 {
		t.Error("the bar is open before anything was opened")
	}
	tab.Keys("n")
	tab.Wait("#finding-2.on")
	tab.Keys("p")
	tab.Wait("#finding-1.on")
	if n := tab.Count(".finding.on"); n != 1 {
		t.Errorf("%d findings are chosen", n)
	}
	tab.Keys(kb.Enter)
	tab.Wait("#current:not([hidden])")
	tab.Says("#current-title", "第 1 条")
	tab.Keys("n")
	tab.WaitFor(`document.getElementById("current-title").textContent === "第 2 条"`)
	tab.Keys(kb.Escape)
	tab.Gone("#current:not([hidden])")
	if id := webtest.Eval[string](tab, `document.activeElement.closest(".finding").id`); id != "finding-2" {
		t.Errorf("Escape leads to %q", id)
	}
}

// Without script the addresses do it: the finding's own, and the anchors.
func TestBrowserSheetWithoutScript(t *testing.T) {
	s := sheetSite(t)
	tab := s.open(t)
	tab.Size(webtest.Wide, 900)
	tab.Scripts(false)
	tab.Go(s.path("/reports/{wrong}"))
	tab.Click("#finding-1 a.n")
	tab.Wait("#current:not([hidden])")
	at := webtest.Eval[string](tab, `document.getElementById("`+totalCell+`").dataset.at`)
	tab.Wait("#" + at + ".on")
	tab.Wait("#" + totalCell + ".on")
	tab.WaitFor(seen + `(location.hash.slice(1))`)
	tab.Click(".leaf-nav a:last-child")
	tab.Wait(".leaf:target")
	tab.Go(s.path("/reports/{word}?correct=%2Freport%2Fapplications%2Fnew%2Ftotal#correct"))
	tab.Type("#correct input[name=value]", "123")
	tab.Click("#correct button[value=correct]")
	tab.Wait("#" + totalCell + " ins")
	tab.Says("#"+totalCell, "123")
}

// A review from the first finding to the end: dismissed with a reason, a figure
// corrected where it stands, the report returned. What is missing is said.
func TestBrowserReview(t *testing.T) {
	s := sheetSite(t)
	tab := s.open(t)
	tab.Size(webtest.Wide, 900)
	tab.Go(s.path("/reports/{word}#finding-1"))
	tab.Click("#current .decide summary")
	tab.Type("#current textarea", "原件另有说明")
	tab.Click("#current details button")
	tab.Wait(".finding.dismissed")
	tab.Says(".finding.dismissed", "不成立", "原件另有说明")
	tab.Keys(kb.Escape)
	tab.Click("#" + totalCell + " button")
	tab.Click("#read-" + totalCell + " .to-correct")
	tab.Allow("status of 4")
	tab.Type("#read-"+totalCell+" input[name=value]", "很多")
	tab.Click("#read-" + totalCell + " button[value=correct]")
	tab.Wait("#correct .note.error")
	if v := webtest.Eval[string](tab, `document.querySelector("#correct input[name=value]").value`); v != "很多" {
		t.Errorf("the field says %q", v)
	}
	tab.Inspect("a value that is none")
	tab.Fill("#correct input[name=value]", "77")
	tab.Click("#correct button[value=correct]")
	tab.Wait("#" + totalCell + " ins")
	tab.Says("#"+totalCell+" ins", "77")
	tab.Type("#mark textarea", "请改正后再报")
	tab.Click("#mark button[value=return]")
	tab.Wait("#mark .badge.warn")
	tab.Says("#mark .badge", "已退回")
	tab.Says("#history", "退回", "更正", "认定不成立", "请改正后再报")
	tab.Inspect("a reviewed report")
	tab.Size(webtest.Phone, 740)
	tab.NoOverflow("a reviewed report 360")
}

// On a telephone the original stands below, and every box leads back.
func TestBrowserSheetOnPhone(t *testing.T) {
	s := sheetSite(t)
	tab := s.open(t)
	tab.Size(webtest.Phone, 740)
	tab.Go(s.path("/reports/{wrong}"))
	tab.Click("#finding-1 .to-original")
	at := webtest.Eval[string](tab, `document.getElementById("`+totalCell+`").dataset.at`)
	first := webtest.Eval[string](tab, `document.getElementById("finding-1").dataset.at.split(" ")[0]`)
	tab.WaitFor(seen + `("` + first + `")`)
	tab.Wait("#" + at + ".on")
	tab.NoOverflow("the original on a telephone")
}

// The pictures of a page: what one that cannot be drawn says, and what a stranger
// may not see.
func TestPictureOverHTTP(t *testing.T) {
	s := sheetSite(t)
	for path, want := range map[string]int{
		"/v1/reports/{wrong}/pages/1": 200, "/v1/reports/{wrong}/pages/1?width=640": 200, "/v1/reports/{wrong}/pages/99": 404,
		"/v1/reports/{wrong}/pages/1?width=7": 400, "/v1/reports/{word}/pages/1": 415, "/v1/reports/none/pages/1": 404,
	} {
		resp, err := http.Get(s.base + s.path(path))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
		if ct := resp.Header.Get("Content-Type"); want == 200 && ct != "image/png" || want != 200 && !strings.HasPrefix(ct, "application/problem+json") {
			t.Errorf("%s: %s", path, ct)
		}
	}
}
