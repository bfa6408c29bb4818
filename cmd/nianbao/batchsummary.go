package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"nianbao/api/client"
	"nianbao/convert"
	"nianbao/extract"
)

// shownFailures is how many files of each reason the summary names.
const shownFailures = 20

// summary is what became of a batch's files.
type summary struct {
	done, known, failed, cancelled, open int
	reasons                              map[string]*reason // by code
}

// reason is one kind of failure.
type reason struct {
	title string
	files []string // path and detail; the first shownFailures
	count int
}

func (s *summary) add(f client.BatchFile) {
	switch f.State {
	case client.StateDone:
		s.done++
		if f.Known {
			s.known++
		}
	case client.StateFailed:
		s.failed++
		p := f.Error
		if p == nil {
			p = &client.Problem{Code: convert.CodeInternal, Title: convert.Title(convert.CodeInternal)}
		}
		s.fail(f.Path, p)
	case client.StateCancelled:
		s.cancelled++
	default:
		s.open++
	}
}

func (s *summary) fail(path string, p *client.Problem) {
	r := s.reasons[p.Code]
	if r == nil {
		r = &reason{title: p.Title}
		s.reasons[p.Code] = r
	}
	if r.count++; r.count <= shownFailures {
		line := path
		if p.Detail != "" {
			line += "：" + p.Detail
		}
		r.files = append(r.files, line)
	}
}

// summarize prints what became of the batch. It is true where all files were
// converted.
func (r *batchRun) summarize(ctx context.Context, id string) (bool, error) {
	s := summary{reasons: map[string]*reason{}}
	for f, err := range r.client.Files(ctx, id) {
		if err != nil {
			return false, err
		}
		s.add(f)
	}
	fmt.Fprintf(r.stdout, "批次 %s\n", id)
	for _, line := range []struct {
		what string
		n    int
	}{{"完成", s.done}, {"  其中原已在库", s.known}, {"失败", s.failed}, {"取消", s.cancelled}, {"未结束", s.open}, {"未上传", len(r.sources.refused)}} {
		if line.n > 0 || line.what == "完成" {
			fmt.Fprintf(r.stdout, "%s：%d\n", line.what, line.n)
		}
	}
	s.printReasons(r.stdout, "失败")
	r.printRefused(r.stdout)
	return s.failed+s.cancelled+s.open+len(r.sources.refused) == 0, nil
}

// printReasons names the files of each reason, the most frequent reason first.
func (s *summary) printReasons(w io.Writer, what string) {
	codes := slices.SortedFunc(maps.Keys(s.reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.reasons[b].count, s.reasons[a].count), cmp.Compare(a, b))
	})
	for _, code := range codes {
		r := s.reasons[code]
		fmt.Fprintf(w, "\n%s：%s（%s）%d 个\n", what, r.title, code, r.count)
		for _, f := range r.files {
			fmt.Fprintf(w, "  %s\n", f)
		}
		if more := r.count - len(r.files); more > 0 {
			fmt.Fprintf(w, "  另有 %d 个\n", more)
		}
	}
}

// printRefused names what did not get into the batch.
func (r *batchRun) printRefused(w io.Writer) {
	s := summary{reasons: map[string]*reason{}}
	for _, f := range r.sources.refused {
		s.fail(f.path, refusedProblem(f.err))
	}
	s.printReasons(w, "未上传")
}

// refusedProblem gives errors of this side the codes of the service.
func refusedProblem(err error) *client.Problem {
	if p := client.AsProblem(err); p != nil {
		return p
	}
	if e := extract.AsError(err); e != nil {
		return &client.Problem{Code: string(e.Code), Title: convert.Title(string(e.Code)), Detail: e.Detail, Limit: e.Limit}
	}
	return &client.Problem{Code: "unreadable", Title: "文件读不出", Detail: err.Error()}
}
