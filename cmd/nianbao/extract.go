package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"nianbao/convert"
	"nianbao/convert/report"
)

func newExtract() *cobra.Command {
	var cfg readingConfig
	cmd := &cobra.Command{
		Use:   "extract PATH",
		Short: "只打印中性文档（文本块、表格、位置），任何 Word、网页或 PDF 均可",
		Args:  arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExtract(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args[0], cfg)
		},
	}
	cfg.flags(cmd.Flags())
	cfg.changesFlag(cmd.Flags())
	return cmd
}

func runExtract(ctx context.Context, stdout, stderr io.Writer, path string, cfg readingConfig) error {
	if err := cfg.validate(); err != nil {
		return err
	}
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	pool, err := cfg.pool(slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	ex, err := pool.Extract(ctx, f)
	if err != nil {
		p := convert.Failure(report.Source{}, err).Error
		fmt.Fprintf(stderr, "nianbao: %s：%s。%s\n", path, p.Title, p.Detail)
		return exitFailed
	}
	for _, w := range ex.Warnings {
		place := ""
		if w.Page != nil {
			place = fmt.Sprintf("第%d页：", *w.Page)
		}
		fmt.Fprintf(stderr, "%s%s（%s）\n", place, w.Message, w.Code)
	}
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(ex.Document)
}
