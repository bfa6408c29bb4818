package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// exitStatus ends the process with a status of its own after everything has
// been said.
type exitStatus int

const (
	exitFailed exitStatus = 1 // at least one file could not be converted
	exitUsage             = 2 // wrong usage
	exitStrict exitStatus = 3 // --strict and a finding of severity error
)

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:           "nianbao",
		Short:         "政府信息公开工作年度报告：读取、核对、归档",
		Long:          "nianbao 读取 Word 或 PDF 格式的政府信息公开工作年度报告，转换成统一的数据模型，核对其中的数字，并归档原件。",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return flagsFromEnvironment(cmd.Flags(), os.LookupEnv)
		},
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.AddCommand(newServe(), newConvert(), newExtract(), newVersion(), newHealth(), newChild(), newCorpus())
	return root
}

// envName is the environment variable that stands in for a flag.
func envName(flag string) string {
	return "NIANBAO_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// flagsFromEnvironment sets every flag that was not given from NIANBAO_<FLAG>,
// so that one declaration serves both ways. All bad values are named at once.
func flagsFromEnvironment(flags *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var bad []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" {
			return
		}
		v, ok := lookup(envName(f.Name))
		if !ok {
			return
		}
		if err := flags.Set(f.Name, v); err != nil {
			bad = append(bad, fmt.Sprintf("%s: %v", envName(f.Name), err))
		}
	})
	if len(bad) > 0 {
		return fmt.Errorf("环境变量有误：%s", strings.Join(bad, "；"))
	}
	return nil
}
