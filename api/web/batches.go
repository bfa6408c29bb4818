package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

// Batches are the batches as the asker may see them; intake.Batching behind the scope
// implements it. Errors: intake.ErrNotFound, intake.ErrBadFilter.
type Batches interface {
	Batch(ctx context.Context, id string) (intake.Batch, error)
	Batches(ctx context.Context, f intake.BatchFilter) (intake.BatchPage, error)
	BatchFiles(ctx context.Context, id string, after int64, limit int) ([]intake.BatchFile, error)
}

const (
	batchesPageSize = 30
	filesPageSize   = 100
)

type batchesView struct {
	MayUpload   bool
	Items       []batchRow
	Next, First string
}

// batchRow is a batch as lists show it.
type batchRow struct {
	*intake.Batch
	Badge badge
	Title string
	Ended int // files that are done, failed or cancelled
}

type batchView struct {
	batchRow
	CSRF                string
	MayUpload           bool
	Live                bool // it goes on
	MayCancel, MayRetry bool
	Again               int // files that a retry queues
	Files               []fileRow
	Next, First         string
	Told                string // what was done just now
}

// fileRow is a file of a batch with what became of it.
type fileRow struct {
	*intake.BatchFile
	Badge   badge
	Summary *intake.Summary // nil where there is none
}

// BatchList shows the batches, the newest first.
func (p *Pages) BatchList(w http.ResponseWriter, r *http.Request) error {
	cursor := r.URL.Query().Get("cursor")
	page, err := p.cfg.Batches.Batches(r.Context(), intake.BatchFilter{Cursor: cursor, Limit: batchesPageSize})
	if err != nil {
		return err
	}
	v := batchesView{MayUpload: auth.Require(r.Context(), auth.Upload) == nil}
	for i := range page.Items {
		v.Items = append(v.Items, viewBatch(&page.Items[i]))
	}
	if page.Next != "" {
		v.Next = "/batches?cursor=" + url.QueryEscape(page.Next)
	}
	if cursor != "" {
		v.First = "/batches"
	}
	return p.render(w, r, "batches", layout{Title: "批次", Nav: "batches", Body: v})
}

// Batch shows a batch and a page of its files.
func (p *Pages) Batch(w http.ResponseWriter, r *http.Request, id string) error {
	after := int64(-1)
	if given := r.URL.Query().Get("after"); given != "" {
		if n, err := strconv.ParseInt(given, 10, 64); err == nil && n >= 0 {
			after = n
		}
	}
	b, err := p.cfg.Batches.Batch(r.Context(), id)
	if err != nil {
		return err
	}
	files, err := p.cfg.Batches.BatchFiles(r.Context(), id, after, filesPageSize+1)
	if err != nil {
		return err
	}
	who, _ := auth.Of(r.Context())
	v := &batchView{batchRow: viewBatch(&b), CSRF: who.CSRF, MayUpload: auth.Require(r.Context(), auth.Upload) == nil, Live: !b.Ended()}
	v.MayCancel = v.MayUpload && v.Live && b.State != intake.BatchCancelled
	v.Again = b.Counts.Failed + b.Counts.Cancelled
	v.MayRetry = v.MayUpload && v.Again > 0 && !v.Live
	v.Told = toldOf(r.URL.Query().Get("told"))
	if len(files) > filesPageSize {
		files = files[:filesPageSize]
		v.Next = "/batches/" + id + "?after=" + strconv.FormatInt(files[filesPageSize-1].Seq, 10)
	}
	if after >= 0 {
		v.First = "/batches/" + id
	}
	for i := range files {
		v.Files = append(v.Files, p.viewFile(r.Context(), &files[i]))
	}
	return p.render(w, r, "batch", layout{Title: v.Title, Nav: "batches", Body: v})
}

// toldOf is what the page says after a form of its own was sent.
func toldOf(what string) string {
	switch what {
	case "cancelled":
		return "已取消尚未开始的文件。"
	case "retried":
		return "失败和取消的文件已重新排队。"
	}
	return ""
}

func (p *Pages) viewFile(ctx context.Context, f *intake.BatchFile) fileRow {
	row := fileRow{BatchFile: f, Badge: fileBadge(f.State)}
	if f.ReportID == "" || f.State != intake.StateDone {
		return row
	}
	if s, err := p.cfg.Reports.Summary(ctx, f.ReportID); err == nil { // else it was deleted since
		row.Summary, row.Badge = &s, statusText(&s)
	} else {
		row.ReportID, row.Badge = "", badge{"busy", "已删除"}
	}
	return row
}

func fileBadge(s intake.State) badge {
	switch s {
	case intake.StateQueued:
		return badge{"busy", "排队"}
	case intake.StateRunning:
		return badge{"busy", "正在读取"}
	case intake.StateDone:
		return badge{"pass", "已处理"}
	case intake.StateFailed:
		return badge{"failed", "未能转换"}
	case intake.StateCancelled:
		return badge{"busy", "已取消"}
	}
	return badge{"busy", "接收中"}
}

func viewBatch(b *intake.Batch) batchRow {
	v := batchRow{Batch: b, Title: b.Name, Ended: b.Counts.Done + b.Counts.Failed + b.Counts.Cancelled}
	if v.Title == "" {
		v.Title = "上传批次"
	}
	switch b.State {
	case intake.BatchReceiving:
		v.Badge = badge{"busy", "正在接收"}
	case intake.BatchRunning:
		v.Badge = badge{"busy", "处理中"}
	case intake.BatchCancelled:
		v.Badge = badge{"warn", "已取消"}
	case intake.BatchDone:
		v.Badge = badge{"pass", "已完成"}
		if b.Counts.Failed > 0 {
			v.Badge = badge{"warn", "有未能转换的"}
		}
	}
	return v
}
