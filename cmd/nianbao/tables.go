package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"nianbao/extract"
	"nianbao/extract/sandbox"
	"nianbao/extract/tablescore"
)

type tablesOptions struct {
	reading    readingConfig
	tables     string
	difference bool
}

// newTables is for those who work on the readers: it says how well the tables of
// a collection with its own truth are read.
func newTables() *cobra.Command {
	var opt tablesOptions
	cmd := &cobra.Command{
		Use:   "tables DIR",
		Short: "对照标准答案，给一个目录中 PDF 的表格打分（开发用）",
		Long: `读取目录中旁边有标准答案的 PDF（ICDAR 2013 的 NAME-str.xml，或一张表的 NAME.csv），
打印每个文件和全部的相邻关系、单元格、连同跨行跨列的单元格的准确率、召回率和 F1。`,
		Hidden: true,
		Args:   arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runTables(cmd.Context(), cmd.OutOrStdout(), args[0], opt)
		},
	}
	opt.reading.flags(cmd.Flags())
	cmd.Flags().StringVar(&opt.tables, "tables", "", "不读取 PDF，给此文件中的表格打分：JSON，文件名到表格列表（格式同中性文档的 tables）")
	cmd.Flags().BoolVar(&opt.difference, "difference", false, "逐条打印缺少（-）和多出（+）的相邻关系")
	return cmd
}

// judged is a document with its truth and its score.
type judged struct {
	name   string // relative to the directory
	truth  []extract.Table
	paged  bool // a truth with pages: the ICDAR form
	score  tablescore.Score
	failed string // why nothing could be read
}

func runTables(ctx context.Context, stdout io.Writer, dir string, opt tablesOptions) error {
	if err := opt.reading.validate(); err != nil {
		return err
	}
	docs, err := findTruths(dir)
	if err != nil {
		return err
	}
	if len(docs) == 0 {
		return errors.New("目录中没有带标准答案的 PDF")
	}
	if opt.tables != "" {
		err = scoreFile(docs, opt.tables)
	} else {
		err = opt.scoreDocuments(ctx, dir, docs)
	}
	if err != nil {
		return err
	}
	return printScores(stdout, docs, opt.difference)
}

// findTruths lists the PDFs with a truth beside them.
func findTruths(dir string) ([]judged, error) {
	files, err := filesBelow(dir)
	if err != nil {
		return nil, err
	}
	var out []judged
	for _, name := range files {
		stem, ok := strings.CutSuffix(name, ".pdf")
		if !ok {
			continue
		}
		for _, kind := range []struct {
			suffix string
			read   func(io.Reader) ([]extract.Table, error)
		}{{"-str.xml", tablescore.ReadICDAR}, {".csv", tablescore.ReadCSV}} {
			content, err := os.ReadFile(filepath.Join(dir, stem+kind.suffix))
			if errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			truth, err := kind.read(bytes.NewReader(content))
			if err != nil {
				return nil, fmt.Errorf("%s：%w", stem+kind.suffix, err)
			}
			out = append(out, judged{name: name, truth: truth, paged: kind.suffix == "-str.xml"})
			break
		}
	}
	return out, nil
}

// scoreFile scores the tables of another program.
func scoreFile(docs []judged, path string) error {
	content, err := os.ReadFile(path) //nolint:gosec // the developer names it
	if err != nil {
		return err
	}
	var tables map[string][]extract.Table
	if err := json.Unmarshal(content, &tables); err != nil {
		return fmt.Errorf("%s：%w", path, err)
	}
	for i := range docs {
		d := &docs[i]
		found, ok := tables[filepath.Base(d.name)]
		if !ok {
			d.failed = "没有结果"
		}
		d.score = tablescore.Compare(d.truth, found)
	}
	return nil
}

// scoreDocuments reads and scores the documents.
func (opt tablesOptions) scoreDocuments(ctx context.Context, dir string, docs []judged) error {
	pool, err := opt.reading.pool(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	todo := make(chan *judged)
	var wg sync.WaitGroup
	for range opt.reading.Jobs {
		wg.Go(func() {
			for d := range todo {
				d.read(ctx, pool, dir)
			}
		})
	}
	for i := range docs {
		todo <- &docs[i]
	}
	close(todo)
	wg.Wait()
	return ctx.Err()
}

func (d *judged) read(ctx context.Context, pool *sandbox.Pool, dir string) {
	var found []extract.Table
	if o := readOutcome(ctx, pool, filepath.Join(dir, d.name)); o.Extraction != nil {
		found = o.Extraction.Document.Tables
	} else {
		d.failed = o.Code
	}
	d.score = tablescore.Compare(d.truth, found)
}

// total is the sum over the documents of one kind.
type total struct {
	documents               int
	relations, cells, spans tablescore.Count
	precision, recall, f1   float64 // of relations, summed over documents
}

func (t *total) add(s *tablescore.Score) {
	t.documents++
	t.relations.Add(s.Relations)
	t.cells.Add(s.Cells)
	t.spans.Add(s.Spans)
	t.precision += s.Relations.Precision()
	t.recall += s.Relations.Recall()
	t.f1 += s.Relations.F1()
}

// printScores prints a line a document, then the totals of each kind of truth.
func printScores(w io.Writer, docs []judged, difference bool) error {
	var out bytes.Buffer
	fmt.Fprintln(&out, "表格（答案/读出）  相邻关系 P R F1        单元格F1  连跨度F1  文件")
	totals := map[bool]*total{true: {}, false: {}}
	for i := range docs {
		d := &docs[i]
		s := &d.score
		fmt.Fprintf(&out, "%4d /%4d          %.3f %.3f %.3f     %.3f     %.3f     %s %s\n", s.Tables.Truth, s.Tables.Found,
			s.Relations.Precision(), s.Relations.Recall(), s.Relations.F1(), s.Cells.F1(), s.Spans.F1(), d.name, d.failed)
		totals[d.paged].add(s)
		if difference {
			printRelations(&out, "-", s.Missed)
			printRelations(&out, "+", s.Invented)
		}
	}
	for _, paged := range []bool{true, false} {
		t := totals[paged]
		if t.documents == 0 {
			continue
		}
		n := float64(t.documents)
		fmt.Fprintf(&out, "%s，%d 个文件\n", map[bool]string{true: "ICDAR 答案", false: "CSV 答案"}[paged], t.documents)
		fmt.Fprintf(&out, "  相邻关系 全部 P %.4f R %.4f F1 %.4f；各文件平均 P %.4f R %.4f F1 %.4f\n",
			t.relations.Precision(), t.relations.Recall(), t.relations.F1(), t.precision/n, t.recall/n, t.f1/n)
		fmt.Fprintf(&out, "  单元格 全部 P %.4f R %.4f F1 %.4f；连跨度 F1 %.4f\n",
			t.cells.Precision(), t.cells.Recall(), t.cells.F1(), t.spans.F1())
	}
	_, err := out.WriteTo(w)
	return err
}

func printRelations(out *bytes.Buffer, sign string, rs []tablescore.Relation) {
	for _, r := range rs {
		arrow := "→"
		if r.Below {
			arrow = "↓"
		}
		fmt.Fprintf(out, "    %s p%d %s %s %s\n", sign, r.Page, r.From, arrow, r.To)
	}
}
