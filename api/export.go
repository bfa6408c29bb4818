package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"nianbao/convert/export"
	"nianbao/convert/wordform"
)

const (
	// maxExports is how many exports run at a time: a large spreadsheet takes a
	// processor for a while, and room for temporary files.
	maxExports = 4
	// exportBuffer is how much is sent at a time, in bytes.
	exportBuffer = 64 << 10
)

type exportReportInput struct {
	ID     string `path:"id" maxLength:"128" doc:"Identifier of the report"`
	Format string `query:"format" required:"true" enum:"xlsx,csv,md,jsonl,docx" doc:"Kind of file"`
}

type exportInput struct {
	Format string `query:"format" required:"true" enum:"xlsx,csv,md,jsonl,docx" doc:"Kind of file; docx gives a zip with a file for each report"`
	ListFilter
}

func (s *Server) registerExports(api huma.API) {
	responses := func(kind func(export.Format) export.Format, statuses ...int) map[string]*huma.Response {
		content := map[string]*huma.MediaType{}
		for _, f := range export.Formats() {
			content[kind(f).MediaType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		r := problems(api, statuses...)
		r["200"] = &huma.Response{Description: "The file", Content: content}
		return r
	}
	huma.Register(api, huma.Operation{
		OperationID: "export-report", Method: http.MethodGet, Path: "/v1/reports/{id}/export", Tags: []string{"reports"},
		Summary:     "把一份报告导出成文件",
		Description: "xlsx 另有按原样排列的表格和每个数字的出处。docx 按报告的法定表式排好。数字是更正后的值。",
		Responses:   responses(func(f export.Format) export.Format { return f }, 400, 404, 409, 422, 429, 504),
	}, handle(s.exportReport))
	huma.Register(api, huma.Operation{
		OperationID: "export-reports", Method: http.MethodGet, Path: "/v1/export", Tags: []string{"reports"},
		Summary: "把列表中的报告导出成一个文件，每份报告一行",
		Description: "条件与报告列表相同，新的在前；没有结果的文件也列出，写明原因。边读边发；连接中断表示没有给完。" +
			"docx 是一个 zip，每份报告一个文件（年份-机关.docx）；不能写成文件的列在其中的文本里。" +
			"csv 中可能被当作公式的文字前加一个撇号，读回时去掉开头的一个撇号即为原文。",
		Responses: responses(export.Format.Many, 400, 429),
	}, handle(s.exportReports))
}

// archived is the reports that the caller may see.
func (s *Server) archived() *export.Archived {
	a := &export.Archived{Reports: s.cfg.Reports}
	if s.cfg.Reviews != nil {
		a.Reviews = s.cfg.Reviews
	}
	return a
}

func (s *Server) exportReport(ctx context.Context, in *exportReportInput) (*streamOutput, error) {
	e, err := s.archived().Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	name := e.Result.Source.Filename
	if t := e.Result.Report.Title; t != nil && strings.TrimSpace(*t) != "" {
		name = strings.NewReplacer("/", "_", `\`, "_").Replace(*t)
	}
	return s.export(in.Format, name, false, export.Set{Entries: export.One(e)})
}

func (s *Server) exportReports(ctx context.Context, in *exportInput) (*streamOutput, error) {
	f := in.filter()
	f.Limit = 1
	if _, err := s.cfg.Reports.List(ctx, f); err != nil { // later is too late for a status
		return nil, err
	}
	name := "年度报告"
	if in.Year != 0 {
		name = strconv.Itoa(in.Year) + name
	}
	return s.export(in.Format, name, true, export.Set{Entries: s.archived().All(ctx, f)})
}

// export sends a set as a file of that name, one report or many.
func (s *Server) export(format, name string, many bool, set export.Set) (*streamOutput, error) {
	f, ok := export.Lookup(format)
	if !ok {
		return nil, problem(codeBadRequest, "format 应为 "+strings.Join(export.Names(), "、")+" 之一。")
	}
	if many {
		f = f.Many()
	}
	set.Forms, set.Location, set.Templates = s.cfg.Forms, s.cfg.Location, s.cfg.Templates
	set.Title = func(rule string) string {
		for i := range s.rules {
			if s.rules[i].ID == rule {
				return s.rules[i].Title
			}
		}
		return ""
	}
	return s.sending(f.MediaType, name+"."+f.Name, func(_ context.Context, w io.Writer) error { return f.Write(w, set) }), nil
}

// sending answers with a file that write makes. An error is answered while nothing is
// sent, and afterwards breaks the connection: an end that looks like one would say that
// this is all.
func (s *Server) sending(media, name string, write func(ctx context.Context, w io.Writer) error) *streamOutput {
	return &streamOutput{Body: func(hc huma.Context) {
		d := &download{hc: hc, media: media, name: name}
		err := s.send(d, write)
		switch {
		case err == nil:
			d.begin() // of an empty file
		case d.out == nil:
			g := humagin.Unwrap(hc)
			s.fail(g.Writer, g.Request, err)
		default:
			infoOf(hc.Context()).err = err
			panic(http.ErrAbortHandler)
		}
	}}
}

// send makes the file, when one of maxExports places is free.
func (s *Server) send(d *download, write func(ctx context.Context, w io.Writer) error) error {
	if infoOf(d.hc.Context()).head { // nothing is to be made for it
		return nil
	}
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	default:
		return busyExports()
	}
	out := bufio.NewWriterSize(d, exportBuffer)
	err := write(d.hc.Context(), out)
	if place := (*wordform.NoPlaceError)(nil); errors.As(err, &place) {
		return problem(codeConflict, place.Error())
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// download is an answer to be saved, whose status is sent with its first bytes: until
// then an error can be answered.
type download struct {
	hc          huma.Context
	media, name string
	out         *stream
}

// Write implements io.Writer.
func (d *download) Write(p []byte) (int, error) {
	d.begin()
	if err := d.out.write(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (d *download) begin() {
	if d.out != nil {
		return
	}
	d.hc.SetHeader("Content-Type", d.media)
	d.hc.SetHeader("Content-Disposition", attachment(d.name))
	d.hc.SetHeader("Content-Security-Policy", "default-src 'none'; sandbox")
	d.out = newStream(d.hc)
}
