package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"nianbao/convert/bodies"
	"nianbao/convert/bodies/sheet"
	"nianbao/convert/intake"
	"nianbao/storage/catalog"
)

// newBodies manages the list of bodies in archive and database, also while a
// service runs.
func newBodies() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bodies",
		Short: "导入、列出编制主体名单",
		Args:  arguments(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBodiesImport(), newBodiesList())
	return cmd
}

// newBodyService is the list of bodies on these stores.
func newBodyService(c *catalog.Catalog, records intake.Records, log *slog.Logger) (*bodies.Service, error) {
	return bodies.NewService(bodies.Config{Store: c, Records: records, Log: log,
		Exists: func(err error) bool { return errors.Is(err, intake.ErrExists) }})
}

// withBodies opens archive and database for f.
func withBodies(ctx context.Context, c *storeConfig, f func(*bodies.Service) error) (err error) {
	if err := c.validate(); err != nil {
		return err
	}
	archive, err := c.openArchive()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	d, err := c.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	s, err := newBodyService(catalog.New(d, nil), archive, nil)
	if err != nil {
		return err
	}
	if err := s.Sync(ctx); err != nil {
		return fmt.Errorf("归档中的名单不能读取：%w", err)
	}
	return f(s)
}

func newBodiesImport() *cobra.Command {
	var stores storeConfig
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "用文件中的名单整体替换现有名单",
		Long: `文件是每行一个名称的文本，或有表头（名称、别名、类别、层级、上级、不编报、备注；不编报也可写作垂直管理，这些单位不催报，也不汇总）的 CSV、TSV、xlsx，或 JSON。
名称不变的主体保持原来的编号。有错误时全部列出，名单不变。报告随后按新名单重新归属，人工指定的不变。`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			content, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			entries, err := sheet.Parse(content)
			if err != nil {
				return fmt.Errorf("%s 有误，名单没有改动：\n%w", args[0], err)
			}
			return withBodies(cmd.Context(), &stores, func(s *bodies.Service) error {
				before, err := s.List(cmd.Context())
				if err != nil {
					return err
				}
				l, err := s.Replace(cmd.Context(), entries, before.Version, "（命令行）")
				if errors.Is(err, bodies.ErrChanged) {
					return errors.New("名单刚被他人修改，没有导入：请核对后重试")
				}
				if err != nil {
					return fmt.Errorf("%s 有误，名单没有改动：\n%w", args[0], err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "名单第 %d 版：%d 个主体\n", l.Version, len(l.Bodies()))
				return s.Refresh(cmd.Context())
			})
		},
	}
	stores.flags(cmd.Flags())
	return cmd
}

func newBodiesList() *cobra.Command {
	var stores storeConfig
	cmd := &cobra.Command{
		Use:   "list",
		Short: "列出编制主体，下级缩进在上级之下",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withBodies(cmd.Context(), &stores, func(s *bodies.Service) error {
				l, err := s.List(cmd.Context())
				if err != nil {
					return err
				}
				return printBodies(cmd.OutOrStdout(), l)
			})
		},
	}
	stores.flags(cmd.Flags())
	return cmd
}

func printBodies(w io.Writer, l *bodies.List) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	depth := map[string]int{}
	for _, b := range l.Bodies() {
		if b.Parent != "" {
			depth[b.ID] = depth[b.Parent] + 1
		}
		excluded := ""
		if b.Excluded {
			excluded = "不编报"
		}
		fmt.Fprintf(t, "%s\t%s%s\t%s\t%s\t%s\t%s\n", b.ID, strings.Repeat("  ", depth[b.ID]), b.Name, b.Kind.Word(), b.Level.Word(),
			strings.Join(b.Aliases, "、"), excluded)
	}
	return t.Flush()
}
