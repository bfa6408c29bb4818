package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"nianbao/api"
	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// fakeBodies is a list of bodies, and what was said of reports, in memory.
type fakeBodies struct {
	mu   sync.Mutex
	list *bodies.List
	said []string
}

var (
	_ api.Bodies    = (*fakeBodies)(nil)
	_ api.Attaching = (*fakeBodies)(nil)
)

func (f *fakeBodies) List(context.Context) (*bodies.List, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.list == nil {
		return bodies.New(nil, nil)
	}
	return f.list, nil
}

func (f *fakeBodies) Replace(ctx context.Context, entries []bodies.Entry, version int64, _ string) (*bodies.List, error) {
	before, err := f.List(ctx)
	if err != nil {
		return nil, err
	}
	if before.Version != version {
		return nil, fmt.Errorf("version %d: %w", version, bodies.ErrChanged)
	}
	l, err := bodies.New(entries, before)
	if err != nil {
		return nil, err
	}
	l.Version = version + 1
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = l
	return l, nil
}

func (f *fakeBodies) say(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, fmt.Sprintf(format, args...))
	return nil
}

func (f *fakeBodies) Attach(_ context.Context, id, body string) error {
	if body == "nobody" {
		return intake.ErrNoBody
	}
	return f.say("attach %.4s %s", id, body)
}

func (f *fakeBodies) Release(_ context.Context, id string) error { return f.say("release %.4s", id) }

func (f *fakeBodies) Choose(_ context.Context, id string, chosen bool) error {
	return f.say("choose %.4s %v", id, chosen)
}

// newBodyServer serves the fakes and gives the address.
func newBodyServer(t *testing.T, f intake.Reports, list *fakeBodies) string {
	t.Helper()
	s, err := api.New(api.Config{Reports: f, Auth: openAuth(t), Batches: noBatches{}, Bodies: list, Attaching: list, Overviews: overviewsOf(t, f, list),
		Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv.URL
}

func put(t *testing.T, url, content string, headers ...string) answer {
	t.Helper()
	return do(t, request(t, http.MethodPut, url, strings.NewReader(content), headers...))
}

// TestBodyList: a list is replaced as a whole, of the version that was read, in
// any of its formats.
func TestBodyList(t *testing.T) {
	srv, _ := newServer(t, newFake())
	d := openAPI(t, srv.URL)
	url := srv.URL + "/v1/bodies"
	check := func(name string, a answer, status int, tag string, want ...string) {
		t.Helper()
		d.check(a.Request.Method, "/v1/bodies", a)
		if a.StatusCode != status || a.Header.Get("ETag") != tag {
			t.Errorf("%s: %d, ETag %s: %s", name, a.StatusCode, a.Header.Get("ETag"), a.body)
		}
		for _, w := range want {
			if !strings.Contains(string(a.body), w) {
				t.Errorf("%s: lacks %q: %s", name, w, a.body)
			}
		}
	}
	check("none yet", get(t, url), 200, `"0"`, `"bodies":[]`)
	check("the first", put(t, url, "云溪县人民政府\n云溪县教育局\n", "Content-Type", "text/plain"), 200, `"1"`, "云溪县教育局")
	read := get(t, url)
	check("read", read, 200, `"1"`, `"kind":"government"`)
	check("without If-Match", put(t, url, "甲局"), 428, "", "precondition_required", "If-Match")
	check("of another version", put(t, url, "甲局", "If-Match", `"7"`), 412, "", "precondition_failed")
	check("of any", put(t, url, "甲局", "If-Match", "*"), 412, "")
	check("with mistakes", put(t, url, "名称,上级\n甲局,乙局\n丙局,丁局\n", "If-Match", `"1"`), 400, "", `body.line[2].parent`, `body.line[3].parent`)
	check("of JSON with mistakes", put(t, url, `[{"name":"甲局"},{"name":"甲局"}]`, "If-Match", `"1"`), 400, "", `body.bodies[1].name`)
	check("too large", put(t, url, strings.Repeat("x", bodies.MaxTableBytes+1), "If-Match", `"1"`), 413, "", "max_list_bytes")
	check("still", get(t, url), 200, `"1"`, "云溪县教育局")
	check("as it was read", put(t, url, string(read.body), "If-Match", read.Header.Get("ETag"), "Content-Type", "application/json"), 200, `"2"`, "云溪县教育局")
	var list api.BodyList
	if err := json.Unmarshal(get(t, url).body, &list); err != nil || len(list.Bodies) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	of := url + "/" + list.Bodies[0].ID + "/reports?year=2023"
	d.check("GET", "/v1/bodies/{id}/reports", get(t, of))
	if a := get(t, url+"/nobody/reports"); a.StatusCode != 404 {
		t.Errorf("no such body: %d", a.StatusCode)
	}
}

// TestReportBody: what people say of a report's body is handed on and answered
// with the report as it is then.
func TestReportBody(t *testing.T) {
	f := newFake()
	fake := &fakeBodies{}
	srv := newBodyServer(t, f, fake)
	d := openAPI(t, srv)
	id := strings.TrimPrefix(post(t, srv, "年报.pdf", "%PDF").Header.Get("Location"), "/v1/reports/")
	url := srv + "/v1/reports/"
	for _, tt := range []struct {
		method, path, content string
		status                int
		said                  string
	}{
		{"PUT", "body", `{"body_id":"b1"}`, 200, "attach %.4s b1"},
		{"PUT", "body", `{"body_id":""}`, 200, "attach %.4s "},
		{"PUT", "body", `{"body_id":"nobody"}`, 404, ""},
		{"PUT", "body", `{}`, 400, ""},
		{"DELETE", "body", "", 200, "release %.4s"},
		{"PUT", "in-force", "", 200, "choose %.4s true"},
		{"DELETE", "in-force", "", 200, "choose %.4s false"},
	} {
		fake.said = nil
		a := do(t, request(t, tt.method, url+id+"/"+tt.path, strings.NewReader(tt.content), "Content-Type", "application/json"))
		d.check(tt.method, "/v1/reports/{id}/"+tt.path, a)
		want := ""
		if tt.said != "" {
			want = fmt.Sprintf(tt.said, id)
		}
		if got := strings.Join(fake.said, "; "); a.StatusCode != tt.status || got != want {
			t.Errorf("%s %s %s: %d, said %q, want %d, %q", tt.method, tt.path, tt.content, a.StatusCode, got, tt.status, want)
		}
		if a := do(t, request(t, tt.method, url+"nobody/"+tt.path, strings.NewReader(tt.content), "Content-Type", "application/json")); a.StatusCode != 404 && a.StatusCode != 400 {
			t.Errorf("%s %s of no report: %d", tt.method, tt.path, a.StatusCode)
		}
	}
}
