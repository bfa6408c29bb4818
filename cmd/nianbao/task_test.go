package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
)

// errorRows are the rows of wrong reports on the overview, as they are listed.
const errorRows = "#list tbody tr a.count.error"

// What somebody of the office does until Friday, and what it costs him: the reports
// of a district are uploaded, the missing seen, each wrong one opened at its cell in
// the original, one finding dismissed, the list to send back taken away. The numbers
// are clicks; choosing the folder is one.
func TestBrowserTask(t *testing.T) {
	s := newSite(t)
	names := district()
	s.list(names...)
	dir := filepath.Join(t.TempDir(), "年度报告")
	wrong := mistakes()
	for i, name := range names {
		if missing(i) {
			continue
		}
		r := fixture.Of(uint64(i), "2021", name, districtYear)
		if spoil := wrong[i]; spoil != nil {
			spoil(r)
		}
		fileIn(t, dir, fmt.Sprintf("%02d %s%s", i, name, ending(i)), fileOf(t, r, ending(i)))
	}
	clicks := 0
	tab := s.open(t)
	tab.Size(webtest.Wide, 900)
	click := func(css string) {
		clicks++
		tab.Click(css)
	}
	spent := func(what string, most int) {
		t.Helper()
		t.Logf("%s: %d clicks", what, clicks)
		if clicks > most {
			t.Errorf("%s takes %d clicks, not %d", what, clicks, most)
		}
		clicks = 0
	}

	tab.Go("/")
	click("nav a[href='/upload']")
	tab.Wait("#folder")
	clicks++
	tab.Files("#folder", dir)
	uploaded(tab, len(names)-3)
	spent("uploading", 2)

	click("nav a[href='/']")
	tab.Wait(".picture")
	tab.Says(".year", "还缺 3 个")
	click(".tile.missing")
	tab.Wait("a.reset")
	if n := tab.Count("#list tbody tr"); n != 3 {
		t.Errorf("%d bodies are missing", n)
	}
	for i, name := range names {
		if missing(i) {
			tab.Says("#list", name)
		}
	}
	spent("the missing", 2)

	for i := range len(wrong) {
		tab.Go("/?status=errors") // the tile's address
		clicks++
		tab.Wait(errorRows)
		if n := tab.Count(errorRows); n != len(wrong) {
			t.Fatalf("%d wrong reports, not %d", n, len(wrong))
		}
		webtest.Eval[bool](tab, fmt.Sprintf(`(document.querySelectorAll(%q)[%d].click(), true)`, errorRows, i))
		clicks++
		tab.Wait("#finding-1.on")
		tab.WaitFor(`[...document.querySelectorAll(".original-scroll .on")].some(e => ` + seen + `(e.id))`)
		spent("from the overview to the wrong place in the original", 3)
	}

	click("#current .decide summary")
	tab.Type("#current textarea", "已与原件核对，另有说明")
	click("#current details button")
	tab.Wait(".finding.dismissed")
	spent("dismissing a finding, the report open", 2)

	click("nav a[href='/']")
	tab.Wait("a[href^='/problems']")
	click("a[href^='/problems']")
	tab.Wait("a[href^='/problems.csv']")
	csv := webtest.Eval[string](tab, `document.querySelector("a[href^='/problems.csv']").getAttribute("href")`)
	clicks++ // the download
	list := s.send("GET", csv, "", nil, 200)
	if !bytes.Contains(list.body, []byte("未报送")) || bytes.Contains(list.body, []byte("110101199001011237")) {
		t.Errorf("the list lacks the missing, or has a number in full: %.400s", list.body)
	}
	spent("the list to send back", 3)
}
