package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/spf13/pflag"

	"nianbao/api/web/webtest"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

// site is a running service for the tests of pages: the real one, with SQLite, a
// directory as archive and reading processes, on a free port.
type site struct {
	t    *testing.T
	base string
	data string
	// ids are reports by a name of the test's choice; paths of pages name them
	// in braces: "/reports/{wrong}".
	ids map[string]string
	// token is sent with uploads where the service has tokens.
	token string
}

// newSite starts a service without anything in it.
func newSite(t *testing.T) *site {
	t.Helper()
	base, data := startService(t, func(cfg *serveConfig) {
		flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
		new(serveConfig).flags(flags) // as they would be shown
		_ = flags.Set("max-batch-mib", "64")
		cfg.settings = settingsOf(flags)
	})
	return &site{t: t, base: base, data: data, ids: map[string]string{}}
}

// open opens a tab on the service, or skips where there is no browser.
func (s *site) open(t *testing.T) *webtest.Tab {
	t.Helper()
	return webtest.Open(t, s.base)
}

// path is the path of a page with the ids in it.
func (s *site) path(p string) string {
	for name, id := range s.ids {
		p = strings.ReplaceAll(p, "{"+name+"}", id)
	}
	return p
}

// list puts a list of bodies in force; the first one is the parent of the others.
func (s *site) list(names ...string) {
	s.t.Helper()
	var csv strings.Builder
	csv.WriteString("名称,上级\n")
	for i, name := range names {
		parent := ""
		if i > 0 {
			parent = names[0]
		}
		fmt.Fprintf(&csv, "%s,%s\n", name, parent)
	}
	s.send(http.MethodPut, "/v1/bodies", "text/csv", []byte(csv.String()), http.StatusOK)
}

// upload sends a file as a program does and keeps its id under the name.
func (s *site) upload(name, filename string, content []byte) {
	s.t.Helper()
	r := send(s.t, s.base+"/v1/reports", s.header(), part{name: filename, body: content})
	place := r.header.Get("Location")
	if r.status >= 500 || place == "" {
		s.t.Fatalf("upload of %s: %d %.300s", filename, r.status, r.body)
	}
	s.ids[name] = place[strings.LastIndex(place, "/")+1:]
}

// add uploads a made report, as Word or PDF by the filename's ending.
func (s *site) add(name string, r *fixture.Report, ending string) {
	s.t.Helper()
	s.upload(name, *r.Title+ending, fileOf(s.t, r, ending))
}

// fileOf is the made report as ".docx" or ".pdf".
func fileOf(t *testing.T, r *fixture.Report, ending string) []byte {
	t.Helper()
	if ending == ".pdf" {
		return r.PDF(fixture.DefaultStyle())
	}
	b, err := r.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (s *site) header() http.Header {
	h := http.Header{}
	if s.token != "" {
		h.Set("Authorization", "Bearer "+s.token)
	}
	return h
}

func (s *site) send(method, path, mediaType string, body []byte, status int) reply {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.base+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header = s.header()
	req.Header.Set("Content-Type", mediaType)
	r := do(s.t, req)
	if r.status != status {
		s.t.Fatalf("%s %s: %d %.300s", method, path, r.status, r.body)
	}
	return r
}

// districtYear is the year that the district's reports are about.
const districtYear = 2025

// district is an invented county: its government, 29 departments, 8 townships, 3
// streets and 2 enterprises that must report.
func district() []string {
	names := []string{"云溪县人民政府"}
	for _, d := range strings.Fields("办公室 发展和改革局 教育局 科学技术局 公安局 民政局 司法局 财政局 人力资源和社会保障局 自然资源局 " +
		"生态环境局 住房和城乡建设局 交通运输局 水务局 农业农村局 商务局 文化和旅游局 卫生健康局 退役军人事务局 应急管理局 " +
		"审计局 市场监督管理局 统计局 医疗保障局 信访局 林业局 体育局 档案局 城市管理局") {
		names = append(names, "云溪县"+d)
	}
	for _, d := range strings.Fields("青石镇 白石镇 松陵镇 望湖镇 柳河镇 石桥乡 云岭乡 竹溪乡") {
		names = append(names, d+"人民政府")
	}
	for _, d := range strings.Fields("城东 城西 北湖") {
		names = append(names, d+"街道办事处")
	}
	return append(names, "云溪县自来水公司", "云溪县公共交通公司")
}

// mistakes are what the district's wrong reports have wrong, by the number of the
// body on the list.
func mistakes() map[int]func(*fixture.Report) {
	figure := func(n *report.Node, path string, by int64) {
		v, _ := n.At(path).Value.Int()
		wrong := report.Number(strconv.FormatInt(v+by, 10))
		n.At(path).Value = &wrong
	}
	text := func(r *fixture.Report, old, by string) {
		for i := range r.Sections {
			r.Sections[i].Text = strings.Replace(r.Sections[i].Text, old, by, 1)
		}
	}
	return map[int]func(*fixture.Report){
		3: func(r *fixture.Report) { figure(r.Applications, "new/total", 10) },
		8: func(r *fixture.Report) { figure(r.Applications, "granted/natural_person", 3) },
		14: func(r *fixture.Report) {
			figure(r.LegalChallenges.Children[0], lastOf(r.LegalChallenges.Children[0]), 1)
		},
		21: func(r *fixture.Report) { text(r, "新收申请", "新收申请1") },
		31: func(r *fixture.Report) {
			text(r, "组织专题培训", "组织专题培训，联系人张云溪，身份证号110101199001011237")
		},
		37: func(r *fixture.Report) { figure(r.Applications, "carried_over/total", 2) },
	}
}

func lastOf(n *report.Node) string { return n.Children[len(n.Children)-1].Name }

// missing are the numbers of the bodies on the district's list that sent nothing.
func missing(i int) bool { return i == 5 || i == 17 || i == 40 }

// fill puts the district's list in force and uploads its reports: of 43 bodies 40
// have sent one, 6 of them wrong; every third is a PDF. They are named by their
// number on the list: {body-3}; {wrong} is a wrong PDF, {right} a Word file without
// mistakes.
func (s *site) fill() {
	s.t.Helper()
	names := district()
	s.list(names...)
	wrong := mistakes()
	for i, name := range names {
		if missing(i) {
			continue
		}
		r := fixture.Of(uint64(i), "2021", name, districtYear)
		if spoil := wrong[i]; spoil != nil {
			spoil(r)
		}
		s.add("body-"+strconv.Itoa(i), r, ending(i))
	}
	s.ids["wrong"], s.ids["right"] = s.ids["body-3"], s.ids["body-1"]
}

func ending(i int) string {
	if i%3 == 0 {
		return ".pdf"
	}
	return ".docx"
}

// fileIn writes a file into a folder of the test's and returns its path: what
// somebody chooses in the browser.
func fileIn(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// withTokens gives the service its tokens: it has to be logged in to from now on.
func (s *site) withTokens() {
	s.t.Helper()
	s.token = command(s.t, "token", "create", "--data", s.data, "--role", "admin", "--name", "管理员")
}

// tokenFor makes a token and returns it.
func (s *site) tokenFor(role, name string) string {
	s.t.Helper()
	return command(s.t, "token", "create", "--data", s.data, "--role", role, "--name", name)
}

// tokenID is the public id of the token with that name.
func (s *site) tokenID(name string) string {
	s.t.Helper()
	for line := range strings.Lines(command(s.t, "token", "list", "--data", s.data)) {
		if strings.Contains(line, name) {
			return strings.Fields(line)[0]
		}
	}
	s.t.Fatalf("no token %s", name)
	return ""
}

// openAs opens a tab that is logged in by the token.
func (s *site) openAs(t *testing.T, token string) *webtest.Tab {
	t.Helper()
	tab := s.open(t)
	tab.Go("/login")
	tab.Type("#token", token+kb.Enter)
	tab.Wait(".who-am-i")
	return tab
}
