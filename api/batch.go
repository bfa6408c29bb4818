package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/convert/intake"
)

const (
	// DefaultMaxBatch is the default cap on the body of a batch, in bytes.
	DefaultMaxBatch = 8 << 30
	// maxBatchFiles caps the files of one request; a batch may have several.
	maxBatchFiles = 20_000
	// headerPath has the path of a file in a folder, percent-encoded UTF-8: the
	// file name of a part is only its last element.
	headerPath = "X-Path"
	// batchPage is how many files an answer has unless asked otherwise.
	batchPage = 200
)

// batchURL is the address of a batch.
func batchURL(id string) string { return "/v1/batches/" + url.PathEscape(id) }

// batchView is a batch with a page of its files.
type batchView struct {
	intake.Batch
	Files []intake.BatchFile `json:"files"`
	Next  string             `json:"next,omitempty" doc:"Cursor of the next files"`
}

type batchOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     *batchView
}

type newBatchInput struct {
	uploadInput
	Open bool   `query:"open" doc:"More files come by POST …/files, until POST …/close"`
	Name string `query:"name" maxLength:"200" doc:"For people"`
}

type filesInput struct {
	uploadInput
	ID string `path:"id" maxLength:"64"`
}

type batchInput struct {
	ID string `path:"id" maxLength:"64"`
}

type getBatchInput struct {
	ID     string `path:"id" maxLength:"64"`
	Cursor string `query:"cursor" maxLength:"20" doc:"As next of the page before gave it"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"200" doc:"Files of the page"`
}

type cancelInput struct {
	ID      string `path:"id" maxLength:"64"`
	Running bool   `query:"running" doc:"Break off conversions at work, too"`
}

type listBatchesInput struct {
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type listBatchesOutput struct {
	Body intake.BatchPage
}

type retryOutput struct {
	Status int
	Body   struct {
		Queued int          `json:"queued" doc:"Files that were queued again"`
		Batch  intake.Batch `json:"batch"`
	}
}

func (s *Server) registerBatches(api huma.API) {
	tags := []string{"batches"}
	huma.Register(api, huma.Operation{
		OperationID: "create-batch", Method: http.MethodPost, Path: "/v1/batches", Tags: tags, DefaultStatus: http.StatusAccepted,
		Summary:     "上传一批报告：多个文件，或一个 zip",
		Description: "收下的文件都已归档并排队后才回答。每个文件的失败写在各自的条目里。",
		Responses:   problems(api, 400, 403, 409, 413, 429),
	}, handle(s.createBatch))
	huma.Register(api, huma.Operation{
		OperationID: "add-files", Method: http.MethodPost, Path: "/v1/batches/{id}/files", Tags: tags, DefaultStatus: http.StatusAccepted,
		Summary: "向未结束接收的批次添加文件", Responses: problems(api, 400, 403, 404, 413, 429),
	}, handle(s.addFiles))
	for _, address := range []string{"/v1/batches", "/v1/batches/{id}/files"} {
		api.OpenAPI().Paths[address].Post.RequestBody = batchBody()
	}
	huma.Register(api, huma.Operation{
		OperationID: "close-batch", Method: http.MethodPost, Path: "/v1/batches/{id}/close", Tags: tags,
		Summary: "结束接收", Responses: problems(api, 400, 403, 404),
	}, handle(s.closeBatch))
	huma.Register(api, huma.Operation{
		OperationID: "list-batches", Method: http.MethodGet, Path: "/v1/batches", Tags: tags,
		Summary: "批次列表，新的在前", Responses: problems(api, 400),
	}, handle(s.listBatches))
	huma.Register(api, huma.Operation{
		OperationID: "get-batch", Method: http.MethodGet, Path: "/v1/batches/{id}", Tags: tags,
		Summary: "批次的进度和每个文件的状态", Responses: problems(api, 400, 404),
	}, handle(s.getBatch))
	huma.Register(api, huma.Operation{
		OperationID: "cancel-batch", Method: http.MethodDelete, Path: "/v1/batches/{id}", Tags: tags, DefaultStatus: http.StatusOK,
		Summary: "取消批次中尚未开始的文件", Responses: problems(api, 400, 403, 404),
	}, handle(s.cancelBatch))
	huma.Register(api, huma.Operation{
		OperationID: "retry-batch", Method: http.MethodPost, Path: "/v1/batches/{id}/retry", Tags: tags, DefaultStatus: http.StatusAccepted,
		Summary: "重新处理失败和取消的文件", Responses: problems(api, 400, 403, 404),
	}, handle(s.retryBatch))
	s.registerBatchStreams(api)
}

func batchBody() *huma.RequestBody {
	return &huma.RequestBody{Content: map[string]*huma.MediaType{"multipart/form-data": {
		Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{fieldFile}, Properties: map[string]*huma.Schema{
			fieldFile: {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"},
				Description: "Word (.docx, .doc, .rtf), web pages (.html, .mht), PDF, or one zip of them; a part header " + headerPath + " may have the path in a folder, percent-encoded"},
		}},
		Encoding: map[string]*huma.Encoding{fieldFile: {ContentType: "application/octet-stream"}},
	}}}
}

// createBatch takes in a batch. What came stays, whatever becomes of the rest.
func (s *Server) createBatch(ctx context.Context, in *newBatchInput) (*batchOutput, error) {
	empty := in.Open && in.r.ContentLength == 0
	var files *uploads
	var err error
	if !empty {
		if files, err = s.batchUploads(&in.uploadInput); err != nil {
			return nil, err
		}
		if err := files.begin(); err != nil {
			return nil, err
		}
	}
	b, created, err := s.cfg.Batches.CreateBatch(ctx, intake.BatchSpec{Name: in.Name, Key: idempotencyKey(in.r)})
	if err != nil {
		return nil, err
	}
	if b.State != intake.BatchReceiving && files != nil { // the key's, and complete
		if err := s.sameFiles(ctx, files, b.ID); err != nil {
			return nil, err
		}
		return s.batchAnswer(ctx, b.ID, http.StatusOK)
	}
	if files != nil {
		err = s.receiveBatch(ctx, files, b.ID)
	}
	// With a key the sender comes back for the rest; without, this is all there is.
	if !in.Open && (err == nil || idempotencyKey(in.r) == "") {
		if _, closeErr := s.cfg.Batches.FinishBatch(context.WithoutCancel(ctx), b.ID); err == nil {
			err = closeErr
		}
	}
	if err != nil {
		return nil, withBatch(err, b.ID)
	}
	status := http.StatusAccepted
	if !created {
		status = http.StatusOK
	}
	return s.batchAnswer(ctx, b.ID, status)
}

// sameFiles reads a body that a key stands for already, and compares it with what
// came then. A zip is taken for the same: its files have other names and digests.
func (s *Server) sameFiles(ctx context.Context, files *uploads, id string) error {
	there := map[[2]string]bool{}
	for after := int64(-1); ; {
		part, err := s.cfg.Batches.BatchFiles(ctx, id, after, batchPage)
		if err != nil {
			return err
		}
		for _, f := range part {
			there[[2]string{f.Path, f.SHA256}] = true
		}
		if len(part) < batchPage {
			break
		}
		after = part[len(part)-1].Seq
	}
	for {
		name, body, err := files.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if f, ok := body.(*fileReader); ok {
			name = pathOf(f.part, name)
		}
		sum := sha256.New()
		if _, err := io.Copy(sum, body); err != nil {
			return err
		}
		refused := [2]string{name, ""}
		if !there[[2]string{name, hex.EncodeToString(sum.Sum(nil))}] && !there[refused] && !strings.EqualFold(path.Ext(name), ".zip") {
			files.drain()
			return fmt.Errorf("api: %.80q did not come with this key: %w", name, intake.ErrConflict)
		}
	}
}

// withBatch tells in a problem where the files are that came before it.
func withBatch(err error, id string) error {
	p := *problemOf(err)
	h := http.Header{"Location": {batchURL(id)}}
	for k, v := range p.headers {
		h[k] = v
	}
	p.headers = h
	return &p
}

func (s *Server) batchUploads(in *uploadInput) (*uploads, error) {
	return newUploads(in.w, in.r, uploadSpec{stall: s.cfg.StallTime, maxFile: s.cfg.MaxBatchBytes, maxBody: s.cfg.MaxBatchBytes})
}

// receiveBatch streams the files of a request into the batch.
func (s *Server) receiveBatch(ctx context.Context, files *uploads, id string) (err error) {
	r, err := s.cfg.Batches.Receive(ctx, id)
	if err != nil {
		files.drain()
		return err
	}
	defer func() {
		if _, closeErr := r.Close(); err == nil {
			err = closeErr
		}
	}()
	for n := 0; ; n++ {
		name, body, err := files.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && n == maxBatchFiles {
			p := problem(codeTooLarge, fmt.Sprintf("一次请求最多 %d 个文件：请分几次上传。", maxBatchFiles))
			p.Limit = fmt.Sprintf("max_batch_files=%d", maxBatchFiles)
			err = p
		}
		if err != nil {
			return err
		}
		if f, ok := body.(*fileReader); ok {
			name = pathOf(f.part, name)
		}
		if err := r.Add(name, body); err != nil {
			return err
		}
		if files.err != nil {
			return files.err
		}
	}
}

// pathOf is the path of a part: in its own header, or else its file name.
func pathOf(part *multipart.Part, name string) string {
	given := part.Header.Get(headerPath)
	if given == "" {
		return name
	}
	if long, err := url.PathUnescape(given); err == nil {
		return long
	}
	return given // nothing a sender may encode: it means what it says
}

func (s *Server) addFiles(ctx context.Context, in *filesInput) (*batchOutput, error) {
	files, err := s.batchUploads(&in.uploadInput)
	if err != nil {
		return nil, err
	}
	if err := s.receiveBatch(ctx, files, in.ID); err != nil {
		if _, there := s.cfg.Batches.Batch(ctx, in.ID); there == nil && errors.Is(err, intake.ErrNotFound) {
			return nil, caused(codeNotFound, "这个批次已结束接收，没有添加文件。新的文件请另建批次上传。", err)
		}
		return nil, batchProblem(err)
	}
	return s.batchAnswer(ctx, in.ID, http.StatusAccepted)
}

// batchAnswer is a batch with the first of its files.
func (s *Server) batchAnswer(ctx context.Context, id string, status int) (*batchOutput, error) {
	out, err := s.getBatch(ctx, &getBatchInput{ID: id, Limit: batchPage})
	if err != nil {
		return nil, err
	}
	out.Status, out.Location = status, batchURL(id)
	return out, nil
}

func (s *Server) closeBatch(ctx context.Context, in *batchInput) (*batchOutput, error) {
	if _, err := s.cfg.Batches.FinishBatch(ctx, in.ID); err != nil {
		return nil, batchProblem(err)
	}
	return s.batchAnswer(ctx, in.ID, http.StatusOK)
}

func (s *Server) listBatches(ctx context.Context, in *listBatchesInput) (*listBatchesOutput, error) {
	page, err := s.cfg.Batches.Batches(ctx, intake.BatchFilter{Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return &listBatchesOutput{Body: page}, nil
}

func (s *Server) getBatch(ctx context.Context, in *getBatchInput) (*batchOutput, error) {
	after := int64(-1)
	if in.Cursor != "" {
		n, err := strconv.ParseInt(in.Cursor, 10, 64)
		if err != nil || n < 0 {
			return nil, problem(codeBadRequest, "cursor 应取自上一页的 next。")
		}
		after = n
	}
	b, err := s.cfg.Batches.Batch(ctx, in.ID)
	if err != nil {
		return nil, batchProblem(err)
	}
	files, err := s.cfg.Batches.BatchFiles(ctx, in.ID, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	view := &batchView{Batch: b, Files: append([]intake.BatchFile{}, files...)}
	if len(files) > in.Limit {
		view.Files = view.Files[:in.Limit]
		view.Next = strconv.FormatInt(view.Files[in.Limit-1].Seq, 10)
	}
	return &batchOutput{Status: http.StatusOK, Body: view}, nil
}

func (s *Server) cancelBatch(ctx context.Context, in *cancelInput) (*batchOutput, error) {
	if _, err := s.cfg.Batches.CancelBatch(ctx, in.ID, in.Running); err != nil {
		return nil, batchProblem(err)
	}
	return s.batchAnswer(ctx, in.ID, http.StatusOK)
}

func (s *Server) retryBatch(ctx context.Context, in *batchInput) (*retryOutput, error) {
	b, queued, err := s.cfg.Batches.RetryBatch(ctx, in.ID)
	if err != nil {
		return nil, batchProblem(err)
	}
	out := &retryOutput{Status: http.StatusAccepted}
	out.Body.Queued, out.Body.Batch = queued, b
	return out, nil
}

// batchProblem is problemOf in the words of batches.
func batchProblem(err error) error {
	if errors.Is(err, intake.ErrNotFound) {
		return caused(codeNotFound, "没有这个批次。请核对编号。", err)
	}
	return err
}
