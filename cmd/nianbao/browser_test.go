package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
)

// From a figure to its place in the original.
func TestBrowserReport(t *testing.T) {
	s := newSite(t)
	wrong := fixture.Of(7, "2021", "云溪县水务局", districtYear)
	mistakes()[3](wrong)
	s.add("wrong", wrong, ".pdf")
	tab := s.open(t)
	tab.Go(s.path("/reports/{wrong}"))
	const cell = "#at-applications-new-total"
	tab.Click(cell + " button")
	tab.Wait("#read-at-applications-new-total")
	printed := string(*wrong.Applications.At("new/total").Value)
	tab.Says(cell+" button", printed)
	tab.Says("#read-at-applications-new-total", "第 1 页", printed)
	color := func(cell string) string {
		return webtest.Eval[string](tab, `getComputedStyle(document.querySelector("#at-applications-`+cell+`")).backgroundColor`)
	}
	if color("new-total") == color("granted-total") {
		t.Error("a cell with an error looks like any other")
	}
}

// By the keyboard alone: past the navigation, to a finding, to its cell.
func TestBrowserKeyboard(t *testing.T) {
	s := newSite(t)
	wrong := fixture.Of(7, "2021", "云溪县水务局", districtYear)
	mistakes()[3](wrong)
	s.add("wrong", wrong, ".docx")
	tab := s.open(t)
	tab.Go("/")
	tab.Keys(kb.Tab, kb.Enter)
	if got := tab.Path(); got != "/#main" {
		t.Errorf("the first link leads to %s, not past the navigation", got)
	}
	tab.TabTo("#list .who a")
	tab.Keys(kb.Enter)
	tab.Wait("#findings")
	tab.TabTo("#finding-1 .places a")
	tab.Keys(kb.Enter)
	tab.Wait("td:target")
}

// Without script the form, the list and the tables are all there.
func TestBrowserWithoutScript(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	tab.Scripts(false)
	dir := t.TempDir()
	var paths []string
	for i, name := range []string{"一.pdf", "二.pdf"} {
		paths = append(paths, fileIn(t, dir, name, fileOf(t, fixture.Of(uint64(i), "2021", "云溪县水务局", districtYear-i), ".pdf")))
	}
	tab.Go("/upload")
	tab.Files("#files", paths...)
	tab.Click("#upload button")
	tab.Click(".results li:nth-child(2) a")
	tab.Wait("#at-applications-new-total")
}

func TestBrowserDocs(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	tab.Do(chromedp.Navigate(s.base + "/docs"))
	tab.Wait("#operations-reports-upload-report")
	tab.Click("a[href='/']")
	tab.Wait("nav[aria-label='主导航']")
}

// Login, the header and logout, in a window and on a telephone.
func TestBrowserLogin(t *testing.T) {
	s := newSite(t)
	s.withTokens()
	long := s.tokenFor("uploader", "云溪县人民政府办公室政务公开科（报送专用）")
	tab := s.open(t)
	tab.Allow("status of 401")
	for i, width := range []int64{webtest.Wide, webtest.Phone} {
		tab.Size(width, 740)
		tab.Go("/rules")
		tab.Wait("#token")
		tab.NoOverflow("login")
		tab.Type("#token", "nb_wrong"+kb.Enter)
		tab.Wait("#mistake")
		tab.NoOverflow("login with a mistake")
		tab.Type("#token", long+kb.Enter)
		tab.Wait("a[aria-current=page][href='/rules']")
		tab.Says(".who-am-i", "云溪县", "报送", "退出")
		tab.NoOverflow("rules")
		tab.Go("/")
		tab.Wait("h1")
		tab.NoOverflow("home")
		tab.Go("/upload")
		tab.Wait("#upload")
		tab.NoOverflow("upload")
		file := fileIn(t, t.TempDir(), fmt.Sprintf("年报%d.docx", i), fileOf(t, fixture.Of(uint64(i), "2021", "云溪县水务局", districtYear-i), ".docx"))
		tab.Files("#files", file)
		tab.Wait("#results li a")
		tab.Click(".who-am-i button")
		tab.Wait("#token")
		tab.Go("/")
		tab.Wait("#token")
	}
}

// Without script the form brings its session's token.
func TestBrowserFormOfASession(t *testing.T) {
	s := newSite(t)
	s.withTokens()
	tab := s.open(t)
	tab.Scripts(false)
	tab.Go("/")
	tab.Type("#token", s.tokenFor("uploader", "办公室"))
	tab.Click(".login button")
	tab.Wait(".who-am-i")
	tab.Go("/upload")
	tab.Wait("#upload")
	tab.Files("#files", fileIn(t, t.TempDir(), "年报.pdf", fileOf(t, fixture.Of(1, "2021", "云溪县水务局", districtYear), ".pdf")))
	tab.Click("#upload button")
	tab.Wait(".results li a")
	if path := tab.Path(); !strings.HasPrefix(path, "/upload") {
		t.Errorf("the form leads to %s", path)
	}
}

// A token is made in the page, shown once, logs its owner in, and is revoked after
// a question; somebody without the right sees no entry for it.
func TestBrowserTokens(t *testing.T) {
	s := newSite(t)
	s.list("云溪县人民政府", "云溪县教育局", "云溪县水务局")
	s.withTokens()
	tab := s.openAs(t, s.token)
	tab.Click("#menu summary")
	tab.Click("#menu a[href='/tokens']")
	tab.Wait("#name")
	tab.Type("#name", "管理员")
	tab.Click("form.fields button")
	tab.Allow("status of 409")
	tab.Wait("#mistake")
	tab.Says("#mistake", "已有这个名称")
	tab.Fill("#name", "教育局管理员")
	tab.Click("details.limit summary")
	tab.Click(".many label:nth-of-type(2)")
	tab.Click("form.fields button")
	tab.Wait("#secret")
	secret := webtest.Eval[string](tab, `document.querySelector("#secret").value`)
	tab.Says("table.list", "教育局管理员", "云溪县教育局", "报送")
	tab.Go("/tokens")
	if tab.Has("#secret") {
		t.Error("the token is shown again")
	}
	other := s.openAs(t, secret)
	other.Click("#menu summary")
	if other.Has("#menu a[href='/tokens']") || other.Has("#menu a[href='/settings']") {
		t.Error("the menu has what its owner may not open")
	}
	other.Keys(kb.Escape)
	if webtest.Eval[bool](other, `document.querySelector("#menu").open`) {
		t.Error("Escape leaves the menu open")
	}
	other.Allow("status of 403")
	other.Go("/tokens")
	other.Says("main", "没有做这件事的权限")
	tab.Click("[aria-label='吊销 教育局管理员']")
	tab.Wait(".danger")
	tab.Says("main", "不能恢复")
	tab.Click(".danger")
	tab.Wait("details.more")
	other.Go("/about")
	other.Wait("#token") // logged out
	tab.Go("/audit")
	tab.Says("main", "建立口令", "吊销口令", "被拒绝")
}
