package api_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"nianbao/api"
	"nianbao/api/auth"
	"nianbao/api/auth/authtest"
	"nianbao/convert/form"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
)

// fakeReports is the use case in memory. The first bytes of an upload choose
// what becomes of it: "%PDF" gives a result, "locked" an encrypted file,
// "slow" a timeout, "crash" an error of ours, "panic" a panic, anything else an
// unsupported one.
type fakeReports struct {
	mu      sync.Mutex
	rows    []intake.Summary // newest first
	bodies  map[string][]byte
	results map[string]*report.Result
	senders map[string]string // by id
	places  map[string]string // body by id
	scopes  []intake.Scope    // that contexts were asked for
	unready error
	corrupt bool
	// document changes the documents of results before they are shown.
	document func(*extract.Document)
}

var _ intake.Reports = (*fakeReports)(nil)

func newFake() *fakeReports {
	return &fakeReports{bodies: map[string][]byte{}, results: map[string]*report.Result{}, senders: map[string]string{}, places: map[string]string{}}
}

// look is authtest.Memory.Reports.
func (f *fakeReports) look(id string) (sender, bodyID string, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.senders[id], f.places[id], f.index(id) >= 0
}

func (f *fakeReports) Upload(ctx context.Context, in intake.Incoming) (intake.Receipt, error) {
	filename, r := in.Filename, in.Body
	b, err := io.ReadAll(r)
	if err != nil {
		return intake.Receipt{}, &intake.ReceiveError{Err: err}
	}
	sum := sha256.Sum256(b)
	id := hex.EncodeToString(sum[:8])
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := f.index(id); i >= 0 {
		return intake.Receipt{ID: id, State: f.rows[i].State}, nil
	}
	row := intake.Summary{
		ID: id, State: intake.StateDone, Filename: filename, MediaType: extract.FormatPDF.MediaType(),
		SHA256: hex.EncodeToString(sum[:]), SizeBytes: int64(len(b)), ReceivedAt: time.Date(2026, 1, 20, 6, 30, 0, 0, time.UTC),
		Review: intake.Tally{State: report.Unreviewed},
	}
	var failure *extract.Error
	switch {
	case bytes.HasPrefix(b, []byte("%PDF")):
		res := sampleResult()
		res.ID, res.Source.Filename, res.Source.SHA256, res.Source.SizeBytes = id, filename, row.SHA256, row.SizeBytes
		f.results[id] = res
		row.Title, row.Agency, row.Year, row.Form = res.Report.Title, res.Report.Agency, res.Report.Year, res.Report.Form
		v := res.Validation
		row.Status, row.Errors, row.Warnings, row.Infos = v.Status, v.Errors, v.Warnings, v.Infos
		row.Review.OpenErrors, row.Review.OpenWarnings = v.Errors, v.Warnings
	case bytes.HasPrefix(b, []byte("locked")):
		failure = &extract.Error{Code: extract.CodeEncrypted, Detail: "文件设有打开密码。请去掉密码后重新上传。"}
	case bytes.HasPrefix(b, []byte("bomb")):
		failure = extract.OverLimit("decompressed_bytes", 268435456, "文件解压后超过上限。请精简后重新上传。")
	case bytes.HasPrefix(b, []byte("slow")):
		failure = &extract.Error{Code: extract.CodeTimeout, Detail: "转换超过 60 秒。", Limit: "conversion_seconds=60"}
	case bytes.HasPrefix(b, []byte("crash")):
		return intake.Receipt{}, errors.New("catalog: disk full at /secret/place")
	case bytes.HasPrefix(b, []byte("panic")):
		panic("secret detail")
	default:
		return intake.Receipt{}, &extract.Error{Code: extract.CodeUnsupported, Detail: "这不是 Word（.docx）或 PDF 文件。"}
	}
	f.bodies[id] = b
	who, _ := auth.Of(ctx)
	f.senders[id] = who.Name
	if failure != nil {
		row.State = intake.StateFailed
		row.Problem = &report.Problem{Code: string(failure.Code), Title: "不能转换", Detail: failure.Detail, Limit: failure.Limit}
		f.rows = slices.Insert(f.rows, 0, row)
		return intake.Receipt{ID: id, Created: true, State: row.State}, failure
	}
	f.rows = slices.Insert(f.rows, 0, row)
	return intake.Receipt{ID: id, Created: true, State: row.State}, nil
}

func (f *fakeReports) index(id string) int {
	return slices.IndexFunc(f.rows, func(s intake.Summary) bool { return s.ID == id })
}

func (f *fakeReports) Result(_ context.Context, id string, withDocument bool) (*report.Result, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	res := f.results[id]
	if res == nil {
		return nil, fmt.Errorf("result of %s: %w", id, intake.ErrNotFound)
	}
	out := *res
	if withDocument {
		doc := sampleDocument(res)
		if f.document != nil {
			f.document(doc)
		}
		out.Document = doc
	}
	return &out, nil
}

// Context says of every report the same: it was copied from another one.
func (f *fakeReports) Context(_ context.Context, id string, scope intake.Scope) (*report.Context, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.results[id] == nil {
		return nil, fmt.Errorf("context of %s: %w", id, intake.ErrNotFound)
	}
	f.scopes = append(f.scopes, scope)
	return &report.Context{
		Status: "warn", Warnings: 1,
		Rules: []report.Outcome{{ID: "history.carry_over", Outcome: report.NotApplicable, Reason: ptr("没有归档同一机关上一年度的报告")}, {ID: "history.copied", Outcome: report.Failed}},
		Findings: []report.Finding{{
			ID: "c1", Rule: "history.copied", Severity: report.SeverityWarning, Message: "有文字与“临河市白石区水务局”2023年度报告相同。",
			Paths: []string{"/report/sections/0/text"}, Quote: ptr("一是完善制度，明确分工；"),
			Compared: []report.Compared{{Report: "other", Agency: "临河市白石区水务局", Year: 2023, Path: "/report/sections/0/text", Other: "/report/sections/1/text",
				Text: "一是完善制度，明确分工；", OtherText: "一是健全<i>制度</i>，明确分工；"}},
		}},
	}, nil
}

func (f *fakeReports) Summary(_ context.Context, id string) (intake.Summary, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := f.index(id); i >= 0 {
		return f.rows[i], nil
	}
	return intake.Summary{}, fmt.Errorf("report %s: %w", id, intake.ErrNotFound)
}

func (f *fakeReports) List(_ context.Context, q intake.Filter) (intake.Page, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []intake.Summary
	for _, r := range f.rows {
		agency := ""
		if r.Agency != nil {
			agency = *r.Agency
		}
		status := r.Status
		if r.State == intake.StateFailed {
			status = "failed"
		}
		if q.Scope.Sees(f.senders[r.ID], f.places[r.ID]) && strings.Contains(agency, q.Agency) && (q.Status == "" || q.Status == status) && (q.Year == 0 || r.Year != nil && *r.Year == q.Year) {
			all = append(all, r)
		}
	}
	from := 0
	if q.Cursor != "" {
		n, err := strconv.Atoi(q.Cursor)
		if err != nil {
			return intake.Page{}, fmt.Errorf("%w: cursor", intake.ErrBadFilter)
		}
		from = min(n, len(all))
	}
	limit := q.Limit
	if limit == 0 {
		limit = 50
	}
	to := min(from+limit, len(all))
	page := intake.Page{Items: all[from:to], Total: int64(len(all))}
	if to < len(all) {
		page.Next = strconv.Itoa(to)
	}
	return page, nil
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

func (f *fakeReports) Original(_ context.Context, id string) (*intake.Original, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := f.index(id)
	if i < 0 {
		return nil, intake.ErrNotFound
	}
	var body io.ReadSeeker = bytes.NewReader(f.bodies[id])
	if f.corrupt {
		body = failing{body}
	}
	return &intake.Original{Summary: f.rows[i], Body: nopCloser{body}}, nil
}

// failing reads as an archived object whose bytes do not hash to its name.
type failing struct{ io.ReadSeeker }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.ReadSeeker.Read(p[:min(len(p), 16)])
	if err == nil {
		err = intake.ErrCorrupt
	}
	return n, err
}

func (f *fakeReports) Delete(_ context.Context, id string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := f.index(id)
	if i < 0 {
		return intake.ErrNotFound
	}
	f.rows = slices.Delete(f.rows, i, i+1)
	delete(f.results, id)
	return nil
}

func (f *fakeReports) Ready(context.Context) error { return f.unready }

func ptr[T any](v T) *T { return &v }

// sampleResult is an invented report with every state of a cell and markup in
// its texts.
func sampleResult() *report.Result {
	f, _ := form.Lookup("2021")
	res := &report.Result{
		SchemaVersion: report.SchemaVersion,
		Source:        report.Source{MediaType: extract.FormatPDF.MediaType(), Pages: ptr(7)},
		Report: report.Report{
			Title: ptr("临河市青石区水务局2023年政府信息公开工作年度报告"), Agency: ptr("临河市青石区水务局"), Year: ptr(2023), Form: "2021",
			SignedBy: ptr("临河市青石区水务局"), SignedOn: &report.Date{Year: 2024, Month: 1, Day: 18},
			Sections: []report.Section{
				{Key: "overview", Number: ptr("一"), Title: "总体情况", Text: "本局全年主动公开政府信息 312 条，受理申请 9 件。\n<script>alert('正文')</script>联系电话 138****5678，由办公室负责答复。\n一是完善制度，明确分工；二是加强审核，先审后发；三是优化栏目设置，方便群众查询。"},
				{Key: "proactive_disclosure", Number: ptr("二"), Title: "主动公开政府信息情况", Text: ""},
				{Key: "applications", Number: ptr("三"), Title: "收到和处理政府信息公开申请情况", Text: ""},
				{Key: "legal_challenges", Number: ptr("四"), Title: "政府信息公开行政复议、行政诉讼情况", Text: ""},
				{Key: "problems_and_improvements", Number: ptr("五"), Title: "存在的主要问题及改进情况", Text: "主要问题是公开的时效还不够强，内容还不够细。下一步将按月检查栏目更新情况。"},
				{Key: "other_matters", Number: ptr("六"), Title: "其他需要报告的事项", Text: "本年度没有收取信息处理费。"},
			},
		},
		Provenance: map[string]report.Place{},
		Extraction: report.Extraction{Engine: "pdf", Warnings: []report.Warning{{Code: "image_skipped", Message: "略过一张图片（印章）", Page: ptr(7)}}},
		Versions:   report.Versions{Program: "test", Forms: "1", Rules: "1"},
	}
	for i, c := range f.Cells() {
		fillCell(res, i, c)
	}
	setCell(res, "/report/applications/new/natural_person", "9", report.StateNumber)
	setCell(res, "/report/applications/new/total", "11", report.StateNumber)
	setCell(res, "/report/applications/granted/natural_person", "5", report.StateNumber)
	setCell(res, "/report/applications/denied/state_secret/business", "", report.StateBlank)
	setCell(res, "/report/applications/denied/state_secret/research", "/", report.StatePlaceholder)
	setCell(res, "/report/applications/denied/prohibited_by_law/other", "<b>若干</b>", report.StateText)
	setCell(res, "/report/applications/denied/internal_affairs/other", "1 2", report.StateAmbiguous)
	setCell(res, "/report/proactive_disclosure/administrative_fees/amount_10k_yuan", "160.5964", report.StateNumber)
	for path := range res.Provenance {
		if strings.Contains(path, "not_processed/confirm_or_reissue") {
			delete(res.Provenance, path)
		}
	}
	res.Validation = sampleValidation()
	return res
}

func fillCell(res *report.Result, i int, c form.CellRef) {
	key, rest, _ := strings.Cut(strings.TrimPrefix(c.Path, "/report/"), "/")
	if res.Report.Table(key) == nil {
		res.Report.SetTable(key, &report.Node{Name: key})
	}
	n := res.Report.Table(key).Ensure(rest)
	if strings.Contains(c.Path, "confirm_or_reissue") {
		return // no such row
	}
	v := "0"
	if i < 6 {
		v = strconv.Itoa(i * 3)
	}
	n.Value = ptr(report.Number(v))
	table := c.Part
	switch key {
	case "applications":
		table = 4 // behind the parts of the first
	case "legal_challenges":
		table = 5
	}
	res.Provenance[c.Path] = report.Place{
		Text: v, State: report.StateNumber, Table: &table, Row: ptr(c.Row), Column: ptr(c.Column), Page: ptr(3),
		BBox: &[4]float64{100, 200.5, 130, 215},
	}
}

func setCell(res *report.Result, path, text string, state report.State) {
	key, rest, _ := strings.Cut(strings.TrimPrefix(path, "/report/"), "/")
	n := res.Report.Table(key).At(rest)
	n.Value = nil
	if state == report.StateNumber {
		n.Value = ptr(report.Number(text))
	}
	p := res.Provenance[path]
	p.Text, p.State = text, state
	res.Provenance[path] = p
}

func sampleValidation() report.Validation {
	return report.Validation{
		Status: "fail", Errors: 2, Warnings: 2, Infos: 1,
		Rules: []report.Outcome{
			{ID: "applications.balance", Outcome: report.Failed}, {ID: "applications.row_total", Outcome: report.Failed},
			{ID: "applications.outcome_total", Outcome: report.Undetermined, Reason: ptr("有 1 个数字读不清")},
			{ID: "legal_challenges.row_total", Outcome: report.Passed}, {ID: "structure.document_number", Outcome: report.NotApplicable},
		},
		Findings: []report.Finding{
			{ID: "a1", Rule: "applications.row_total", Severity: report.SeverityError,
				Message:  "《收到和处理政府信息公开申请情况表》“一、本年新收政府信息公开申请数量”行：总计填 11，各列相加为 9。",
				Paths:    []string{"/report/applications/new/natural_person", "/report/applications/new/total"},
				Expected: 9, Actual: 11},
			{ID: "a2", Rule: "applications.balance", Severity: report.SeverityError,
				Message: "总计列：第一项加第二项为 11，第三项加第四项为 9。",
				Paths:   []string{"/report/applications/new/total", "/report/applications/total/total", "/report/applications/carried_forward/total"}},
			{ID: "a3", Rule: "table.cell_blank", Severity: report.SeverityWarning, Message: "有 1 格空白未填：<i>属于国家秘密</i>·商业企业。",
				Paths: []string{"/report/applications/denied/state_secret/business"}},
			{ID: "a4", Rule: "privacy.mobile_number", Severity: report.SeverityWarning, Message: "正文中有个人手机号码。",
				Paths: []string{"/report/sections/0/text"}, Quote: ptr("联系电话 138****5678")},
			{ID: "a5", Rule: "identity.title_wording", Severity: report.SeverityInfo, Message: "标题的写法与规定的略有不同。", Paths: []string{"/report/title"}},
		},
	}
}

// sampleDocument is a document of seven pages with the cells and the paragraphs of
// a result; without fixed pages where the result is of Word.
func sampleDocument(res *report.Result) *extract.Document {
	doc := &extract.Document{Tables: make([]extract.Table, 6)}
	paragraph := func(kind extract.BlockType, text string) {
		at := float64(40 + 20*len(doc.Blocks))
		doc.Blocks = append(doc.Blocks, extract.Block{Type: kind, Text: text, Page: ptr(1), BBox: &extract.BBox{72, at, 500, at + 18}})
	}
	if res.Report.Title != nil {
		paragraph(extract.Paragraph, *res.Report.Title)
	}
	for _, s := range res.Report.Sections {
		paragraph(extract.Heading, s.Title)
		for line := range strings.SplitSeq(s.Text, "\n") {
			paragraph(extract.Paragraph, line)
		}
	}
	for _, p := range res.Provenance {
		if p.Table == nil {
			continue // of a test that says only what was read
		}
		t := &doc.Tables[*p.Table]
		t.Rows, t.Columns = max(t.Rows, *p.Row+1), max(t.Columns, *p.Column+1)
		t.Cells = append(t.Cells, extract.Cell{Row: *p.Row, Column: *p.Column, RowSpan: 1, ColumnSpan: 1, Text: p.Text, Page: p.Page, BBox: (*extract.BBox)(p.BBox)})
	}
	for i := range doc.Tables {
		doc.Tables[i].Index = i
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: ptr(i), Page: ptr(2)})
	}
	for n := range 7 {
		doc.Pages = append(doc.Pages, extract.Page{Number: n + 1, Width: 595, Height: 842, TextLayer: extract.TextGood})
	}
	if res.Source.MediaType == extract.FormatDOCX.MediaType() {
		doc.Pages = nil
	}
	return doc
}

const testLimit = 1 << 20

// openAuth lets everybody in: no token was made yet.
func openAuth(t testing.TB) *auth.Authority {
	t.Helper()
	a, err := auth.New(auth.Config{Store: authtest.NewMemory(), Open: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// newServer serves the fake over a real connection.
func newServer(t testing.TB, f intake.Reports) (*httptest.Server, *syncBuffer) {
	t.Helper()
	logs := &syncBuffer{}
	list := &fakeBodies{}
	s, err := api.New(api.Config{Reports: f, Reviews: newFakeReviews(f), Auth: openAuth(t), Batches: noBatches{}, Bodies: list, Attaching: list, Overviews: overviewsOf(t, f, list), Pictures: &fakePictures{}, Versions: report.Versions{Program: "test"}, MaxUploadBytes: testLimit,
		Logger: slog.New(slog.NewTextHandler(logs, nil))})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return srv, logs
}

// syncBuffer takes a log that handlers still write while a test reads it. An
// access log line comes after its answer: close the server before reading.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// answer is a response with its body read.
type answer struct {
	*http.Response
	body []byte
}

func do(t testing.TB, req *http.Request) answer {
	t.Helper()
	return doWith(t, http.DefaultClient, req)
}

func doWith(t testing.TB, c *http.Client, req *http.Request) answer {
	t.Helper()
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	return answer{resp, b}
}

func request(t testing.TB, method, url string, body io.Reader, header ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return req
}

func get(t testing.TB, url string, header ...string) answer {
	t.Helper()
	return do(t, request(t, http.MethodGet, url, nil, header...))
}

func readAll(t testing.TB, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// noBatches is for tests that do not ask for batches.
type noBatches struct{ intake.Batching }

func (noBatches) Batches(context.Context, intake.BatchFilter) (intake.BatchPage, error) {
	return intake.BatchPage{}, nil
}
