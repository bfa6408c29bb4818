package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nianbao/convert/custody"
	"nianbao/convert/custody/bagit"
	"nianbao/convert/intake"
	"nianbao/storage/catalog"
)

func newArchive() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "archive",
		Short: "移交归档：导出和核对 BagIt 包",
		Args:  arguments(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newArchiveExport(), newArchiveCheck())
	return cmd
}

type exportOptions struct {
	stores       storeConfig
	output       string
	all          bool
	filter       intake.Filter
	organization string
	contact      string
	identifier   string
}

func newArchiveExport() *cobra.Command {
	var opt exportOptions
	cmd := &cobra.Command{
		Use:   "export -o BAG [报告编号…]",
		Short: "把选定报告的原件、事件和结果导出成 BagIt 包（RFC 8493）",
		Long: `导出到一个新目录；BAG 以 .zip 或 .tar 结尾时导出成一个文件。
报告由编号指定，或由 --agency、--year、--form、--status 选出，或用 --all 导出全部。
原件边读边核对：有缺失或损坏时不产生包。`,
		Args: func(*cobra.Command, []string) error { return nil }, // any number
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExport(cmd.Context(), cmd.OutOrStdout(), args, opt)
		},
	}
	f := cmd.Flags()
	opt.stores.flags(f)
	f.StringVarP(&opt.output, "output", "o", "", "包的路径：目录、.zip 或 .tar；不得已存在")
	f.BoolVar(&opt.all, "all", false, "导出全部报告")
	f.StringVar(&opt.filter.Agency, "agency", "", "机关名称中的文字")
	f.IntVar(&opt.filter.Year, "year", 0, "年度")
	f.StringVar(&opt.filter.Form, "form", "", "表式")
	f.StringVar(&opt.filter.Status, "status", "", "核对结论，或 failed")
	f.StringVar(&opt.organization, "organization", "", "移交单位，写入 bag-info.txt")
	f.StringVar(&opt.contact, "contact", "", "联系人，写入 bag-info.txt")
	f.StringVar(&opt.identifier, "identifier", "", "包的编号，写入 bag-info.txt")
	return cmd
}

// validate: which reports is said in exactly one way.
func (o *exportOptions) validate(ids []string) error {
	errs := []error{o.stores.validateExisting(true)}
	filters := o.filter.Agency != "" || o.filter.Year != 0 || o.filter.Form != "" || o.filter.Status != ""
	ways := 0
	for _, given := range []bool{len(ids) > 0, o.all, filters} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		errs = append(errs, errors.New("请给出报告编号，或筛选条件，或 --all，三者之一"))
	}
	if o.output == "" {
		errs = append(errs, errors.New("缺少 --output"))
	} else if _, err := os.Lstat(o.output); !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, fmt.Errorf("%s 已存在", o.output))
	}
	return errors.Join(errs...)
}

func runExport(ctx context.Context, stdout io.Writer, ids []string, opt exportOptions) (err error) {
	if err := opt.validate(ids); err != nil {
		return err
	}
	archive, err := opt.stores.openArchive()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	d, err := opt.stores.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	cat := catalog.New(d, nil) // nothing is queued
	digests, err := chooseReports(ctx, cat, ids, opt.filter)
	if err != nil {
		return err
	}
	if len(digests) == 0 {
		return errors.New("没有符合条件的报告")
	}
	now := time.Now()
	info := bagit.Info{SourceOrganization: opt.organization, ContactName: opt.contact, ExternalIdentifier: opt.identifier,
		ExternalDescription: "政府信息公开工作年度报告：原件、事件和结果", SoftwareAgent: "nianbao " + programVersion(), BaggingDate: now}
	var packed []custody.Packed
	var files int
	var size int64
	err = writeBag(opt.output, now, func(sink bagit.Sink) error {
		w := bagit.NewWriter(sink, info)
		if packed, err = custody.Export(ctx, archive, digests, w); err != nil {
			return err
		}
		files, size = w.Files(), w.Bytes()
		return w.Close()
	})
	if err != nil {
		return fmt.Errorf("没有导出：%w", err)
	}
	fmt.Fprintf(stdout, "已导出 %d 份报告，%d 个文件，%.1f MiB：%s\n", len(packed), files, float64(size)/(1<<20), opt.output)
	return nil
}

// chooseReports gives the digests of the originals of ids, or else of all that
// the filter selects.
func chooseReports(ctx context.Context, cat *catalog.Catalog, ids []string, f intake.Filter) (digests []string, err error) {
	seen := map[string]bool{}
	for _, id := range ids {
		r, err := cat.Holding(ctx, id)
		if errors.Is(err, intake.ErrNotFound) {
			return nil, fmt.Errorf("没有编号为 %q 的报告", id)
		}
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			seen[id] = true
			digests = append(digests, r.SHA256)
		}
	}
	if len(ids) > 0 {
		return digests, nil
	}
	for f.Limit = 200; ; {
		page, err := cat.List(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, s := range page.Items {
			digests = append(digests, s.SHA256)
		}
		if f.Cursor = page.Next; f.Cursor == "" {
			return digests, nil
		}
	}
}

// writeBag writes a bag beside its place and moves it there when it is whole.
func writeBag(name string, at time.Time, write func(bagit.Sink) error) (err error) {
	ext := filepath.Ext(name)
	base := bagit.SafeName(strings.TrimSuffix(filepath.Base(name), ext))
	switch ext {
	case ".zip":
		return writeFile(name, func(w io.Writer) error { return write(bagit.Zip(w, base, at)) })
	case ".tar":
		return writeFile(name, func(w io.Writer) error { return write(bagit.Tar(w, base, at)) })
	}
	part := name + ".part"
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(part))
		}
	}()
	if err := os.RemoveAll(part); err != nil { // of an export that was killed
		return err
	}
	sink, err := bagit.Directory(part)
	if err != nil {
		return err
	}
	if err := write(sink); err != nil {
		return err
	}
	return os.Rename(part, name)
}

func newArchiveCheck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check BAG",
		Short: "核对 BagIt 包：目录、.zip 或 .tar",
		Long:  "逐个文件计算校验值，与清单比对。退出状态：0 完好；1 有问题；2 用法有误或无法读取。",
		Args:  arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), cmd.OutOrStdout(), args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "以 JSON 打印结果")
	return cmd
}

func runCheck(ctx context.Context, w io.Writer, name string, asJSON bool) error {
	r, err := bagit.Check(ctx, name)
	if errors.Is(err, bagit.ErrNoBag) {
		return fmt.Errorf("%s 不是目录、zip 或 tar 文件", name)
	}
	if err != nil {
		return fmt.Errorf("不能读取 %s：%w", name, err)
	}
	if asJSON {
		err = printJSON(w, struct {
			*bagit.Result
			Valid bool `json:"valid"`
		}{r, r.Valid()})
	} else {
		fmt.Fprintf(w, "载荷 %d 个文件，%d 字节\n", r.Files, r.Bytes)
		for _, f := range r.Faults {
			fmt.Fprintf(w, "[问题] %q：%s\n", f.Path, f.Detail)
		}
		if r.Valid() {
			fmt.Fprintln(w, "包完好，全部校验值相符。")
		}
	}
	if err != nil {
		return err
	}
	if !r.Valid() {
		return exitFindings
	}
	return nil
}
