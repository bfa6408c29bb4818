package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
)

// pageEntry is a page that is looked at by people and by the tests of all pages. A
// new page is a new line here.
type pageEntry struct {
	name  string // of its pictures
	path  string // ids in braces, see site.path
	empty bool   // also as it is before there is anything
}

func allPages() []pageEntry {
	return []pageEntry{
		{"home", "/", true},
		{"problems", "/problems", true},
		{"rollup", "/aggregate", true},
		{"rollup-cell", "/aggregate/cell?form=2021&cell=applications/new/total", false},
		{"reports", "/reports", true},
		{"upload", "/upload", false},
		{"batches", "/batches", true},
		{"batch", "/batches/{batch}", false},
		{"bodies", "/bodies", true},
		{"bodies-propose", "/bodies/propose", true},
		{"compare", "/compare", true},
		{"body-new", "/bodies/edit", false},
		{"report", "/reports/{wrong}", false},
		{"report-word", "/reports/{right}", false},
		{"report-finding", "/reports/{wrong}?finding=1", false},
		{"report-failed", "/reports/{failed}", false},
		{"rules", "/rules", false},
		{"tokens", "/tokens", false},
		{"revoke", "/tokens/{token}/revoke", false},
		{"audit", "/audit", false},
		{"settings", "/settings", false},
		{"about", "/about", false},
		{"error-403", "/tokens", true},
		{"error-404", "/nowhere", false},
	}
}

// pagesSite is the district's service with a file that could not be read and a few
// tokens.
func pagesSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.fill()
	s.upload("failed", "竹溪乡年报（扫描件）.pdf", []byte("%PDF-1.4 cut off"))
	s.batch("batch", "补报", part{name: "柳河镇2025年年报.pdf", body: []byte("%PDF-1.4 cut off too")},
		part{name: "松陵镇2025年年报（修改）.docx", body: fileOf(t, fixture.Of(99, "2021", "松陵镇人民政府", districtYear), ".docx")},
		part{name: "说明.txt", body: []byte("没有报告")}, part{name: "他乡县水务局.docx", body: fileOf(t, fixture.Of(98, "2021", "他乡县水务局", districtYear), ".docx")})
	s.withTokens()
	s.tokenFor("uploader", "云溪县教育局办公室")
	s.tokenFor("reader", "县政府办公室（查看）")
	s.ids["token"] = s.tokenID("县政府办公室（查看）")
	return s
}

// Every page, as it is looked at, wide and narrow, light and dark; and it says the
// same without script.
func TestPages(t *testing.T) {
	empty := newSite(t)
	tab := empty.open(t)
	tab.Allow("status of 403")
	for _, p := range allPages() {
		if p.empty {
			tab.Go(p.path)
			tab.Inspect(p.name + " (empty)")
		}
	}
	s := pagesSite(t)
	for _, p := range allPages() {
		t.Run(p.name, func(t *testing.T) {
			tab := s.openAs(t, s.token)
			tab.Allow("status of 404")
			tab.Go(s.path(p.path))
			tab.Inspect(p.name)
			title := tab.Text("h1")
			tab.Scripts(false)
			tab.Reload()
			tab.Says("h1", title)
			tab.NoOverflow(p.name + " without script")
		})
	}
}

var screenshots = flag.Bool("screenshots", false, "make pictures of all pages, in api/web/screenshots, and those of README")

// TestScreenshots makes pictures of all pages for people to look at.
func TestScreenshots(t *testing.T) {
	if !*screenshots {
		t.Skip("pictures are made with -screenshots")
	}
	const dir = "../../api/web/screenshots"
	empty := newSite(t)
	tab := empty.open(t)
	tab.Allow("status of 403")
	for _, p := range allPages() {
		if p.empty {
			tab.Go(p.path)
			save(tab, dir, p.name+"-empty")
		}
	}
	s := pagesSite(t)
	tab = s.openAs(t, s.token)
	tab.Allow("status of 404")
	for _, p := range allPages() {
		tab.Go(s.path(p.path))
		save(tab, dir, p.name)
	}
}

func save(tab *webtest.Tab, dir, name string) {
	for _, look := range webtest.Looks() {
		tab.Look(look)
		tab.Save(dir, name+"-"+look.Name)
	}
	tab.Look(webtest.Looks()[0])
}

// readmePictures are those of README: a page, and the file that has its picture.
func readmePictures() map[string]string {
	return map[string]string{"/reports/{wrong}": "readme.png", "/": "readme-overview.png"}
}

// TestReadmePictures writes the pictures of README with -screenshots; always it
// looks that they are small, and that README shows them.
func TestReadmePictures(t *testing.T) {
	const most = 150 << 10
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if *screenshots {
		s := newSite(t)
		s.fill()
		tab := s.open(t)
		tab.Size(1200, 860)
		for path, name := range readmePictures() {
			tab.Go(s.path(path))
			if err := os.WriteFile("../../api/web/"+name, webtest.Small(t, tab.Window()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range readmePictures() {
		info, err := os.Stat("../../api/web/" + name)
		if err != nil {
			t.Error(err)
		} else if info.Size() > most {
			t.Errorf("%s has %d bytes, more than %d", name, info.Size(), most)
		}
		if !strings.Contains(string(readme), "(api/web/"+name+")") {
			t.Errorf("README does not show %s", name)
		}
	}
}
