package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"nianbao/convert/form"
	"nianbao/convert/wordform"
)

// wordConfig names the office's own templates of Word files.
type wordConfig struct {
	Files     []string
	templates map[string]*wordform.Template
}

func (c *wordConfig) flags(f *pflag.FlagSet) {
	f.StringSliceVar(&c.Files, "template", nil, "导出 docx 用的模板：表式=文件（如 2021=模板.docx），或一个不分表式的文件；可以给出几个")
}

// validate reads the templates. All mistakes are told at once.
func (c *wordConfig) validate() error {
	var errs []error
	for _, arg := range c.Files {
		id, path, found := strings.Cut(arg, "=")
		if !found {
			id, path = "", arg
		}
		if err := c.read(id, path); err != nil {
			errs = append(errs, fmt.Errorf("--template %s：%w", arg, err))
		}
	}
	return errors.Join(errs...)
}

func (c *wordConfig) read(id, path string) error {
	var own *form.Form
	if id != "" {
		f, err := formOf(id)
		if err != nil {
			return err
		}
		own = &f
	}
	if c.templates[id] != nil {
		return errors.New("同一表式只能有一个模板")
	}
	in, err := openRegular(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // was only read
	b, err := io.ReadAll(io.LimitReader(in, wordform.MaxFile+1))
	if err != nil {
		return err
	}
	t, err := wordform.Parse(b, own)
	if err != nil {
		return err
	}
	if c.templates == nil {
		c.templates = map[string]*wordform.Template{}
	}
	c.templates[id] = t
	return nil
}

func formOf(id string) (form.Form, error) {
	f, ok := form.Lookup(id)
	if !ok {
		var ids []string
		for _, f := range form.All() {
			ids = append(ids, f.ID)
		}
		return f, fmt.Errorf("没有表式 %q，应为 %s 之一", id, strings.Join(ids, "、"))
	}
	return f, nil
}

// newTemplate writes a template to begin with.
func newTemplate() *cobra.Command {
	var output string
	var names bool
	cmd := &cobra.Command{
		Use:   "template FORM",
		Short: "写出一种表式的 Word 模板，供修改后用于导出 docx",
		Long: `按法定表式（2021 或 2019）写出一个 Word 模板。用 Word 或 WPS 加上本单位的版头、字体后，在导出时以 --template 表式=文件 使用。
行文中的占位符：{{title}} 标题、{{agency}} 机关、{{year}} 年度、{{signed_by}} {{signed_on}} 落款、{{heading/章}} 章的标题、{{/report/…}} 一个数字。
独占一段的占位符，整段被替换：{{chapter/章}} 章的文字、{{table/表}} 整张表、{{chapters}} 全部章节和表格、{{other_chapters}} 表式以外的章节、
{{preface}} 统计期限（各章没有写明时）、{{metadata}} 索引号等、{{registration}} 登记表。
不认识的、没有写完整的占位符，以及报告有而模板放不下的内容，在启动时一次指出。--names 列出全部占位符。`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := formOf(args[0])
			if err != nil {
				return err
			}
			return writeTemplate(&f, output, names, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "写入的文件；为空则打印")
	cmd.Flags().BoolVar(&names, "names", false, "只列出占位符，每行一个")
	return cmd
}

func writeTemplate(f *form.Form, output string, names bool, stdout io.Writer) error {
	var b []byte
	if names {
		for _, n := range wordform.Placeholders(f) {
			b = fmt.Appendf(b, "{{%s}}\n", n)
		}
	} else {
		file, err := wordform.Notice(f)
		if err != nil {
			return err
		}
		b = file
	}
	write := func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
	if output != "" {
		if _, err := os.Lstat(output); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s 已存在", output)
		}
		return writeFile(output, write)
	}
	if out, ok := stdout.(*os.File); ok && !names && term.IsTerminal(int(out.Fd())) {
		return errors.New("docx 不能打印在终端上：请给出 --output")
	}
	return write(stdout)
}
