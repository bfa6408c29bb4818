package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/convert/intake"
	"nianbao/convert/report"
)

const (
	// sendTime is how long a client may take over what it is sent, before its
	// stream is cut.
	sendTime = 30 * time.Second
	// beatTime is how often a stream says that it lives, for proxies that close
	// what is silent.
	beatTime = 15 * time.Second
)

// fileEvent is a change of one file.
type fileEvent struct {
	intake.BatchFile
	Counts intake.Counts `json:"counts"`
	// Report is what became of a file that is done.
	Report *intake.Summary `json:"report,omitempty"`
}

// endEvent says that nothing more comes.
type endEvent struct {
	State  intake.State  `json:"state"`
	Counts intake.Counts `json:"counts"`
}

type eventsInput struct {
	ID   string `path:"id" maxLength:"64"`
	Last string `header:"Last-Event-ID" maxLength:"20" doc:"The last event that was seen"`
}

type resultsInput struct {
	ID    string `path:"id" maxLength:"64"`
	After int64  `query:"after" minimum:"0" doc:"Only results that came after this event"`
}

type streamOutput struct {
	Body func(huma.Context)
}

func (s *Server) registerBatchStreams(api huma.API) {
	registry := api.OpenAPI().Components.Schemas
	stream := func(media, description string, schema *huma.Schema) map[string]*huma.Response {
		r := problems(api, 400, 404)
		r["200"] = &huma.Response{Description: description, Content: map[string]*huma.MediaType{media: {Schema: schema}}}
		return r
	}
	huma.Register(api, huma.Operation{
		OperationID: "follow-batch", Method: http.MethodGet, Path: "/v1/batches/{id}/events", Tags: []string{"batches"},
		Summary:     "批次的进度（server-sent events）",
		Description: "事件 file（一个文件的新状态）、end（结束）、heartbeat。Last-Event-ID 之后的变化不会遗漏；一个文件的几次变化可能合并为最后一次。",
		Responses: stream("text/event-stream", "Events file, end and heartbeat; ids are integers",
			registry.Schema(reflect.TypeFor[fileEvent](), true, "FileEvent")),
	}, handle(s.batchEvents))
	huma.Register(api, huma.Operation{
		OperationID: "batch-results", Method: http.MethodGet, Path: "/v1/batches/{id}/results", Tags: []string{"batches"},
		Summary:     "批次的结果，先好先给（NDJSON）",
		Description: "每行一个结果；不能转换的文件一行 {source, error}。批次结束后才结束；连接中断表示没有给完，可用 after 接着取。",
		Responses:   stream("application/x-ndjson", "One result a line, or source and error", anyReport(api)),
	}, handle(s.batchResults))
}

func (s *Server) batchEvents(ctx context.Context, in *eventsInput) (*streamOutput, error) {
	after := int64(0)
	if in.Last != "" {
		n, err := strconv.ParseInt(in.Last, 10, 64)
		if err != nil || n < 0 {
			return nil, problem(codeBadRequest, "Last-Event-ID 应为上次收到的事件编号。")
		}
		after = n
	}
	if _, err := s.cfg.Batches.Batch(ctx, in.ID); err != nil { // later is too late for a status
		return nil, batchProblem(err)
	}
	return &streamOutput{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "text/event-stream")
		out := newStream(hc)
		err := s.sendEvents(hc.Context(), out, in.ID, after)
		infoOf(hc.Context()).err = err
	}}, nil
}

// sendEvents sends the changes of a batch until it has ended.
func (s *Server) sendEvents(ctx context.Context, out *stream, id string, after int64) error {
	beat := time.NewTicker(beatTime)
	defer beat.Stop()
	changes, stop := pull(ctx, s.cfg.Batches.FollowBatch(ctx, id, after))
	defer stop()
	for {
		select {
		case <-beat.C:
			if err := out.send(0, "heartbeat", struct{}{}); err != nil {
				return err
			}
		case c, open := <-changes:
			if !open {
				return nil
			}
			if c.err != nil {
				return c.err
			}
			for _, f := range c.value.Files {
				if err := out.send(f.Event, "file", fileEvent{f, c.value.Batch.Counts, s.summaryOf(ctx, f)}); err != nil {
					return err
				}
			}
			if c.value.Batch.Ended() {
				return out.send(max(after, c.value.Batch.LastEvent), "end", endEvent{c.value.Batch.State, c.value.Batch.Counts})
			}
		}
	}
}

// summaryOf is the report of a file that is done; nil where it was deleted since.
func (s *Server) summaryOf(ctx context.Context, f intake.BatchFile) *intake.Summary {
	if f.State != intake.StateDone {
		return nil
	}
	sum, err := s.cfg.Reports.Summary(ctx, f.ReportID)
	if err != nil {
		return nil
	}
	return &sum
}

// pulled is one pair of a sequence.
type pulled[T any] struct {
	value T
	err   error
}

// pull turns a sequence into a channel, which is closed at its end. stop must be
// called, and ends the sequence.
func pull[T any](ctx context.Context, seq iter.Seq2[T, error]) (<-chan pulled[T], func()) {
	ctx, cancel := context.WithCancel(ctx)
	c, ended := make(chan pulled[T]), make(chan struct{})
	go func() {
		defer close(ended)
		defer close(c)
		for v, err := range seq {
			select {
			case c <- pulled[T]{v, err}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c, func() {
		cancel()
		<-ended
	}
}

// resultLine is a file of a batch that has no result.
type resultLine struct {
	Source report.Source   `json:"source"`
	Error  *report.Problem `json:"error"`
}

func (s *Server) batchResults(ctx context.Context, in *resultsInput) (*streamOutput, error) {
	if _, err := s.cfg.Batches.Batch(ctx, in.ID); err != nil {
		return nil, batchProblem(err)
	}
	return &streamOutput{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/x-ndjson")
		out := newStream(hc)
		for r, err := range s.cfg.Batches.Results(hc.Context(), in.ID, in.After) {
			if err == nil {
				err = out.line(lineOf(r))
			}
			if err != nil {
				infoOf(hc.Context()).err = err
				panic(http.ErrAbortHandler) // an end that looks like one would say that this is all
			}
		}
	}}, nil
}

func lineOf(r intake.BatchResult) any {
	if r.Result != nil {
		return r.Result
	}
	f := r.File
	line := resultLine{Source: report.Source{Filename: cleanName(f.Path), Path: f.Path, SHA256: f.SHA256, SizeBytes: f.Size}, Error: f.Problem}
	if line.Error == nil {
		line.Error = &report.Problem{Code: "cancelled", Title: "已取消", Detail: "转换前已取消，原件保留。可用 retry 重新处理。"}
	}
	return line
}

// stream sends a long answer piece by piece; who does not take a piece in time is
// cut off.
type stream struct {
	w       io.Writer
	control *http.ResponseController
}

func newStream(hc huma.Context) *stream {
	hc.SetHeader("Cache-Control", "no-store")
	hc.SetHeader("X-Accel-Buffering", "no")
	hc.SetStatus(http.StatusOK)
	w := humagin.Unwrap(hc).Writer
	s := &stream{w: w, control: http.NewResponseController(w)}
	_ = s.control.Flush() // the client sees that it is answered
	return s
}

// send sends a server-sent event; id 0 is none.
func (s *stream) send(id int64, event string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	head := "event: " + event + "\n"
	if id > 0 {
		head = fmt.Sprintf("id: %d\n", id) + head
	}
	return s.write(append([]byte(head+"data: "), append(b, "\n\n"...)...))
}

// line sends a line of NDJSON.
func (s *stream) line(data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return s.write(append(b, '\n'))
}

func (s *stream) write(b []byte) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(sendTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := s.w.Write(b); err != nil {
		return err
	}
	return s.control.Flush()
}
