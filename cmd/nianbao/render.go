package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nianbao/convert"
	"nianbao/convert/report"
	"nianbao/extract"
)

// renderOptions are what `nianbao render` can be told.
type renderOptions struct {
	reading readingConfig
	page    int
	dpi     float64
	output  string
}

// Bounds of --dpi: above, an A4 page is over the limit on pixels.
const (
	leastDPI = 10
	mostDPI  = 400
)

func newRender() *cobra.Command {
	var opt renderOptions
	cmd := &cobra.Command{
		Use:   "render FILE",
		Short: "把 PDF 的一页画成图片（PNG），写到标准输出或 -o 指定的文件",
		Args:  arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRender(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args[0], opt)
		},
	}
	f := cmd.Flags()
	f.IntVar(&opt.page, "page", 1, "页码，从 1 起")
	f.Float64Var(&opt.dpi, "dpi", 110, "每英寸的像素数")
	f.StringVarP(&opt.output, "output", "o", "", "写到这个文件")
	opt.reading.flags(f)
	return cmd
}

func (opt renderOptions) validate() error {
	errs := []error{opt.reading.validate()}
	if opt.page < 1 {
		errs = append(errs, errors.New("--page 不得小于 1"))
	}
	if !(opt.dpi >= leastDPI && opt.dpi <= mostDPI) {
		errs = append(errs, fmt.Errorf("--dpi 须在 %d 至 %d 之间", leastDPI, mostDPI))
	}
	return errors.Join(errs...)
}

func runRender(ctx context.Context, stdout, stderr io.Writer, path string, opt renderOptions) error {
	if err := opt.validate(); err != nil {
		return err
	}
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	if out, ok := stdout.(*os.File); ok && opt.output == "" && term.IsTerminal(int(out.Fd())) {
		return errors.New("标准输出是终端：请用 -o FILE 或重定向")
	}
	pool, err := opt.reading.pool(slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	png, err := pool.Draw(ctx, f, opt.page, opt.dpi)
	if extract.AsError(err) != nil {
		p := convert.Failure(report.Source{}, err).Error
		fmt.Fprintf(stderr, "nianbao: %s：%s。%s\n", path, p.Title, p.Detail)
		return exitFailed
	}
	if err != nil {
		fmt.Fprintf(stderr, "nianbao: %s：%v\n", path, err)
		return exitFailed
	}
	if opt.output != "" {
		return os.WriteFile(opt.output, png, 0o600)
	}
	_, err = stdout.Write(png)
	return err
}
