package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A setting is a flag, and takes its value from the first of these that names it:
// the command line, the environment (NIANBAO_<FLAG>; for secrets also
// NIANBAO_<FLAG>_FILE, a file that holds the value), the file named by --config,
// the default.

// Annotations of flags.
const (
	secretMark = "nianbao_secret" // the value is never shown
	sourceMark = "nianbao_source" // where the value came from
)

// markSecret makes flags secrets: they may be read from a file of their own and
// are never shown.
func markSecret(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		if err := flags.SetAnnotation(name, secretMark, []string{"true"}); err != nil {
			panic(err) // a name that is no flag: the first test sees it
		}
	}
}

func isSecret(f *pflag.Flag) bool { return len(f.Annotations[secretMark]) > 0 }

// setFrom sets a flag and notes where the value came from.
func setFrom(flags *pflag.FlagSet, f *pflag.Flag, value, source string) error {
	if err := flags.Set(f.Name, value); err != nil {
		return badValue(f, value)
	}
	return flags.SetAnnotation(f.Name, sourceMark, []string{source})
}

// badValue says what a flag wants, in the words of who writes settings.
func badValue(f *pflag.Flag, value string) error {
	wants := map[string]string{
		"int": "整数", "int64": "整数", "uint": "非负整数", "float64": "数", "bool": "true 或 false", "duration": "时长（如 30s、5m、1h30m）",
	}
	want, ok := wants[f.Value.Type()]
	switch {
	case isSecret(f):
		return errors.New("值无效")
	case !ok:
		return fmt.Errorf("值 %q 无效", value)
	}
	return fmt.Errorf("值 %q 不是%s", value, want)
}

// settle gives the command's flags the values of environment and file. All
// mistakes are named at once.
func settle(cmd *cobra.Command, lookup func(string) (string, bool)) error {
	flags := cmd.Flags()
	errs := []error{flagsFromEnvironment(flags, lookup)}
	if f := flags.Lookup("config"); f != nil && f.Value.String() != "" {
		errs = append(errs, flagsFromFile(cmd, f.Value.String()))
	}
	return errors.Join(errs...)
}

// envName is the environment variable that stands in for a flag.
func envName(flag string) string {
	return "NIANBAO_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// fileSuffix ends the variable that names the file with a secret.
const fileSuffix = "_FILE"

// flagsFromEnvironment sets every flag that was not given from NIANBAO_<FLAG>,
// so that one declaration serves both ways. All bad values are named at once.
func flagsFromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var bad []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" {
			return
		}
		name, v, ok, err := environmentValue(f, lookup)
		if err == nil && ok {
			err = setFrom(flags, f, v, "环境变量 "+name)
		}
		if err != nil {
			bad = append(bad, fmt.Sprintf("%s：%v", name, err))
		}
	})
	if len(bad) > 0 {
		return fmt.Errorf("环境变量有误：%s", strings.Join(bad, "；"))
	}
	return nil
}

// environmentValue is what the environment says of a flag; name is the variable
// that says it.
func environmentValue(f *pflag.Flag, lookup func(string) (string, bool)) (name, value string, ok bool, err error) {
	name = envName(f.Name)
	value, ok = lookup(name)
	if !isSecret(f) {
		return name, value, ok, nil
	}
	path, inFile := lookup(name + fileSuffix)
	if !inFile {
		return name, value, ok, nil
	}
	if ok {
		return name, "", false, fmt.Errorf("与 %s 只能给出一个", name+fileSuffix)
	}
	name += fileSuffix
	b, err := os.ReadFile(path)
	if err != nil {
		return name, "", false, err
	}
	return name, strings.TrimRight(string(b), "\r\n"), true, nil
}

// flagsFromFile sets every flag that was not given otherwise from a YAML file: a
// mapping from the names of flags to values. Flags of other commands may stand
// there too, one file serves all; what is no flag of any is a mistake.
func flagsFromFile(cmd *cobra.Command, path string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("配置文件不能读取：%w", err)
	}
	entries, err := fileEntries(b)
	if err != nil {
		return fmt.Errorf("配置文件 %s %w", path, err)
	}
	flags := cmd.Flags()
	var errs []error
	for _, e := range entries {
		err := e.err
		if err == nil {
			err = e.check(cmd.Root())
		}
		if f := flags.Lookup(e.key); err == nil && f != nil && !f.Changed {
			err = setFrom(flags, f, e.value, fmt.Sprintf("文件 %s 第 %d 行", path, e.line))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("配置文件 %s 第 %d 行 %s：%w", path, e.line, e.key, err))
		}
	}
	return errors.Join(errs...)
}

// fileEntry is one line of a configuration file.
type fileEntry struct {
	key, value string
	line       int
	list       bool  // the value is a list, joined by commas
	err        error // the value is none
}

// fileEntries reads the mapping, each entry by itself.
func fileEntries(b []byte) ([]fileEntry, error) {
	file, err := parser.ParseBytes(b, 0)
	if err != nil {
		return nil, fmt.Errorf("不是有效的 YAML：%w", err)
	}
	var out []fileEntry
	for i, doc := range file.Docs {
		if i > 0 {
			return nil, fmt.Errorf("第 %d 行：只能有一个文档", lineOf(doc.Start))
		}
		switch body := doc.Body.(type) {
		case nil, *ast.CommentGroupNode:
		case *ast.MappingNode:
			for _, v := range body.Values {
				out = append(out, entryOf(v))
			}
		case *ast.MappingValueNode:
			out = append(out, entryOf(body))
		default:
			return nil, fmt.Errorf("第 %d 行：应为“参数: 值”", lineOf(body.GetToken()))
		}
	}
	return out, nil
}

func entryOf(v *ast.MappingValueNode) fileEntry {
	key := v.Key.GetToken()
	e := fileEntry{key: key.Value, line: lineOf(key)}
	sequence, list := v.Value.(*ast.SequenceNode)
	if !list {
		e.value, e.err = scalar(v.Value)
		return e
	}
	e.list = true
	values := make([]string, len(sequence.Values))
	for i, v := range sequence.Values {
		if values[i], e.err = scalar(v); e.err != nil {
			return e
		}
	}
	e.value = strings.Join(values, ",")
	return e
}

func scalar(v ast.Node) (string, error) {
	switch value := v.(type) {
	case *ast.StringNode:
		return value.Value, nil
	case *ast.LiteralNode:
		return strings.TrimRight(value.Value.Value, "\n"), nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.GetToken().Value, nil
	case *ast.NullNode:
		return "", errors.New("没有值（空值请写 \"\"）")
	}
	return "", errors.New("应为一个值，不是映射")
}

func lineOf(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 1
	}
	return t.Position.Line
}

// check tells whether the key is a flag of any command that users see and takes
// the value.
func (e fileEntry) check(root *cobra.Command) error {
	if e.key == "config" || e.key == "help" {
		return errors.New("不能写在配置文件里")
	}
	known := false
	var bad error
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		f := c.LocalNonPersistentFlags().Lookup(e.key)
		if f != nil && !c.Hidden {
			known = true
			_, list := f.Value.(pflag.SliceValue)
			if e.list && !list {
				bad = errors.New("应为一个值，不是列表")
			}
			if list || e.list {
				return // takes any text, and setting it back would not
			}
			before := f.Value.String()
			if err := f.Value.Set(e.value); err != nil && bad == nil {
				bad = badValue(f, e.value)
			}
			_ = f.Value.Set(before) // its own
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	if !known {
		return errors.New("没有这个参数")
	}
	return bad
}

// shown is the value of a flag as anybody may read it; of an address without what
// may be a password in it.
func shown(f *pflag.Flag) string {
	value := f.Value.String()
	if !isSecret(f) || value == "" {
		return value
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme == "" || u.Host == "" {
		return "（已设置，不显示）"
	}
	if u.RawQuery != "" {
		u.RawQuery = "…"
	}
	return u.Redacted()
}

// sourceOf is where the value of a flag came from.
func sourceOf(f *pflag.Flag) string {
	switch source := f.Annotations[sourceMark]; {
	case len(source) > 0:
		return source[0]
	case f.Changed:
		return "参数"
	}
	return "默认值"
}
