package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
)

// batch uploads files as a batch, waits for its end and keeps its id under the name.
func (s *site) batch(name, title string, files ...part) {
	s.t.Helper()
	r := send(s.t, s.base+"/v1/batches?name="+escapePath(title), s.header(), files...)
	var b struct{ ID string }
	if err := json.Unmarshal(r.body, &b); err != nil || b.ID == "" {
		s.t.Fatalf("batch: %d %.300s", r.status, r.body)
	}
	s.ids[name] = b.ID
	s.send("GET", "/v1/batches/"+b.ID+"/results", "", nil, 200) // ends with the batch
}

// uploaded waits until every line of the upload has come to its end.
func uploaded(tab *webtest.Tab, lines int) {
	tab.WaitFor(fmt.Sprintf(`document.querySelectorAll("#results li").length >= %d && !document.querySelector("#results progress")`, lines))
}

// Files of several kinds: what became of each is said, with what to do; the batch is
// the same after a reload, on its own page.
func TestBrowserUpload(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	dir := t.TempDir()
	wrong := fixture.Of(7, "2021", "云溪县水务局", districtYear)
	mistakes()[3](wrong)
	good := fileOf(t, wrong, ".pdf")
	tab.Go("/")
	tab.Says(".steps", "列名单", "上传报告", "核对、退回")
	tab.Click(".steps a[href='/upload']")
	tab.Wait("#upload")
	tab.Files("#files", fileIn(t, dir, "水务局年报.pdf", good), fileIn(t, dir, "水务局年报（副本）.pdf", good),
		fileIn(t, dir, "旧文件.doc", []byte("not a document")), fileIn(t, dir, "表格.xlsx", []byte("PK")),
		fileIn(t, dir, "坏文件.pdf", []byte("%PDF-1.7 cut off")), fileIn(t, dir, "~$水务局.docx", []byte("x")), fileIn(t, dir, "Thumbs.db", []byte("x")))
	uploaded(tab, 5)
	tab.Says("#results", "3 错误", "云溪县水务局2025年政府信息公开工作年度报告", "没有重复保存", "这是纯文本文件", "没有上传：不是 Word", "文件已损坏")
	tab.Says("#progress", "略过 2 个系统临时文件", "5 个文件全部处理完毕", "本批次的页面")
	tab.NoOverflow("upload")
	tab.Click("#batch-link")
	tab.Wait("#batch-files")
	tab.Reload()
	tab.Says("#batch", "共 4 个文件：已处理 2，未能转换 2", "有未能转换的")
	tab.Says("#batch-files", "水务局年报（副本）.pdf", "3 错误", "文件已损坏")
	tab.Click(".ask summary")
	tab.Says(".ask form", "重新处理一遍吗")
	tab.Scripts(false) // or the page is asked for again at the batch's end, soon
	tab.Click(".ask form button")
	tab.Wait("[role=status].note")
	tab.Says("#batch", "已重新排队")
	tab.Scripts(true)
	tab.Size(webtest.Phone, 740)
	tab.Go("/batches")
	tab.NoOverflow("batches 360")
	tab.Says("table.batches", "上传批次", "4 个")
}

// A folder, and a zip, come with the paths of their files.
func TestBrowserUploadFolderAndZip(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	dir := filepath.Join(t.TempDir(), "第一批报送")
	report := func(i uint64, name string) []byte {
		return fileOf(t, fixture.Of(i, "2021", name, districtYear), ".docx")
	}
	fileIn(t, dir, "部门/教育局.docx", report(1, "云溪县教育局"))
	fileIn(t, dir, "部门/~$教育局.docx", []byte("x"))
	fileIn(t, dir, "乡镇/青石镇.docx", report(2, "青石镇人民政府"))
	tab.Go("/upload")
	tab.Files("#folder", dir)
	uploaded(tab, 2)
	tab.Says("#results", "第一批报送/部门/教育局.docx", "第一批报送/乡镇/青石镇.docx", "云溪县教育局2025年")
	tab.Says("#progress", "略过 1 个")
	tab.Files("#files", fileIn(t, t.TempDir(), "报告.zip", zipOf(t, map[string]io.Reader{
		"街道/城东.docx": bytes.NewReader(report(3, "城东街道办事处")), "街道/城西.docx": bytes.NewReader(report(4, "城西街道办事处"))})))
	uploaded(tab, 5)
	tab.Says("#results", "压缩包已展开", "城东街道办事处2025年", "城西街道办事处2025年")
	tab.Go("/batches")
	tab.Says("table.batches", "第一批报送")
	tab.Go("/?year=2025")
	tab.Says("#list", "云溪县教育局", "青石镇人民政府", "城东街道办事处")
}

// A file that is dropped anywhere on the page is uploaded, and the page stays.
func TestBrowserDrop(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	content := base64.StdEncoding.EncodeToString(fileOf(t, fixture.Of(1, "2021", "云溪县教育局", districtYear), ".docx"))
	tab.Go("/upload")
	webtest.Eval[bool](tab, `(() => {
		const bytes = Uint8Array.from(atob("`+content+`"), c => c.charCodeAt(0));
		const data = new DataTransfer();
		data.items.add(new File([bytes], "教育局.docx"));
		document.body.dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true, cancelable: true }));
		if (!document.querySelector("#drop.over")) throw new Error("the field does not show that files may be dropped");
		return !document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`)
	uploaded(tab, 1)
	tab.Says("#results", "教育局.docx", "云溪县教育局2025年政府信息公开工作年度报告")
}

// The year of a district: who is missing, who is wrong, from the picture to the report;
// the filters; the list to send back.
func TestBrowserOverview(t *testing.T) {
	s := newSite(t)
	s.fill()
	s.add("stray", fixture.Of(70, "2021", "他乡县水务局", districtYear), ".docx")
	tab := s.open(t)
	tab.Go("/")
	tab.Says("h1", "2025年度报告概览")
	tab.Says(".year", "应报 43 个主体，已收到 40 个，还缺 3 个")
	if n := tab.Count(".picture a.sq"); n != 43 {
		t.Errorf("%d squares", n)
	}
	if n := tab.Count(".picture a.sq.errors"); n != 6 {
		t.Errorf("%d squares are wrong, not 6", n)
	}
	tab.Click(".tile.missing")
	tab.Wait("#list")
	if n := tab.Count("#list tbody tr"); n != 3 {
		t.Errorf("%d bodies are missing", n)
	}
	tab.Go("/")
	tab.Click(".picture a.sq.errors")
	tab.Wait("#finding-1")
	tab.Go("/?status=errors&sort=errors")
	tab.Click("#list a.count.error")
	tab.Wait("#finding-1")
	if !strings.Contains(tab.Path(), "finding=1") {
		t.Errorf("the number of errors leads to %s", tab.Path())
	}
	tab.Go("/")
	tab.Says("#strays", "他乡县水务局", "不在名单中")
	tab.Type("#strays input[name=body]", "云溪县办公室")
	tab.Click("#strays form button")
	tab.Gone("#strays")
	tab.Go("/?q=" + escapePath("云溪县办公室"))
	tab.Says("#list", "2 版")

	tab.Go("/problems?status=errors")
	if n := tab.Count(".problem-body"); n != 6 {
		t.Errorf("%d bodies with errors on the list to send back", n)
	}
	tab.Go("/problems")
	tab.Says("main", "尚未收到报告的单位", "填写", "应为")
	tab.Print()
	if webtest.Eval[string](tab, `getComputedStyle(document.querySelector(".filter")).display`) != "none" {
		t.Error("the filter is printed")
	}
	csv := s.send("GET", "/problems.csv", "", nil, 200)
	if !bytes.HasPrefix(csv.body, []byte("\ufeff单位,")) || strings.Count(string(csv.body), "未报送") != 3 {
		t.Errorf("%.300s", csv.body)
	}
}

// The list of bodies by hand: pasted with a mistake, mended, put in force; one added,
// one renamed, one removed after a question.
func TestBrowserBodies(t *testing.T) {
	s := newSite(t)
	tab := s.open(t)
	tab.Allow("status of 422")
	tab.Go("/bodies")
	tab.Says(".empty", "还没有名单")
	tab.Type("#list-text", "名称,上级\n云溪县人民政府,\n云溪县教育局,云溪市")
	tab.Click("#new button")
	tab.Wait(".mistakes")
	tab.Says(".mistakes", "第 3 行", "云溪市", "不在名单中")
	webtest.Eval[bool](tab, `(document.querySelector("#list-text").value = "名称,上级\n云溪县人民政府,\n云溪县教育局,云溪县人民政府", true)`)
	tab.Click("form button")
	tab.Wait("form[action='/bodies']")
	tab.Says("main", "共 2 个主体：新增 2")
	tab.Click("form[action='/bodies'] button")
	tab.Wait("table.tree")
	tab.Says("table.tree", "云溪县教育局")

	tab.Click("a[href='/bodies/edit']")
	tab.Type("#name", "青石镇")
	tab.Type("#parent", "无此上级")
	tab.Click("button[value=save]")
	tab.Wait("#parent-mistake")
	tab.Says("#parent-mistake", "不在名单中")
	webtest.Eval[bool](tab, `(document.querySelector("#parent").value = "云溪县人民政府", true)`)
	tab.Click("button[value=save]")
	tab.Wait("table.tree")
	tab.Says("table.tree", "青石镇", "乡镇")
	tab.Click("a[aria-label='修改云溪县教育局']")
	tab.Wait("#name")
	webtest.Eval[bool](tab, `(document.querySelector("#name").value = "云溪县教育和体育局", true)`)
	tab.Type("#aliases", "县教体局")
	tab.Click("button[value=save]")
	tab.Wait("table.tree")
	tab.Says("table.tree", "云溪县教育和体育局", "县教体局")
	tab.Click("a[aria-label='修改青石镇']")
	tab.Click(".danger summary")
	tab.Says(".danger form", "从名单中删除“青石镇”吗")
	tab.Click("button[value=remove]")
	tab.Wait("table.tree")
	if n := tab.Count("table.tree tbody tr"); n != 2 {
		t.Errorf("%d bodies are left", n)
	}
	csv := s.send("GET", "/bodies.csv", "", nil, 200)
	if !bytes.Contains(csv.body, []byte("云溪县教育和体育局,县教体局,部门,,云溪县人民政府")) {
		t.Errorf("%s", csv.body)
	}
}

// A list is proposed from the reports that came, and put in force.
func TestBrowserProposedBodies(t *testing.T) {
	s := newSite(t)
	for i, name := range []string{"云溪县教育局", "青石镇人民政府"} {
		s.add(name, fixture.Of(uint64(i), "2021", name, districtYear), ".docx")
	}
	tab := s.open(t)
	tab.Go("/")
	tab.Says("main", "还没有编制主体名单")
	tab.Click("a[href^='/bodies/propose']")
	tab.Wait("#list-text")
	tab.Click("form button")
	tab.Wait("form[action='/bodies']")
	tab.Says("main", "共 2 个主体", "云溪县教育局")
	tab.Click("form[action='/bodies'] button")
	tab.Wait("table.tree")
	tab.Says("main", "名单已更新")
}
