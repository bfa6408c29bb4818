package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
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
		Use:   "nianbao",
		Short: "政府信息公开工作年度报告：读取、核对、归档",
		Long:  "nianbao 读取 Word、网页或 PDF 格式的政府信息公开工作年度报告，转换成统一的数据模型，核对其中的数字，并归档原件。",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("没有命令 %q（用 %s --help 查看全部命令）", args[0], cmd.CommandPath())
			}
			return nil
		},
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return settle(cmd, os.LookupEnv)
		},
	}
	root.PersistentFlags().BoolP("help", "h", false, "显示用法")
	root.PersistentFlags().String("config", "", "配置文件（YAML，键为参数名）")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("参数有误：%w（用法见 %s --help）", err, cmd.CommandPath())
	})
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.AddCommand(
		newServe(), newWorker(),
		newConvert(), newBatch(), newExtract(), newExport(), newTemplate(), newAggregate(), newProblems(), newRender(),
		newToken(), newBodies(), newVerify(), newArchive(), newBackup(), newRebuild(), newReconvert(), newMigrate(),
		newRules(), newVersion(), newHealth(), newConfig(),
		newCorpus(), newTables(), newDiffer(), newBench(),
	)
	return root
}

// usageTemplate is cobra's, in Chinese and without what no command here has.
const usageTemplate = `用法：
  {{.UseLine}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [命令]

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

参数（也可用环境变量 NIANBAO_参数名 或 --config 指定的 YAML 文件给出）：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

用“{{.CommandPath}} [命令] --help”查看一个命令的用法。{{end}}
`

// arguments checks how many there are; most 0 means any number.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("缺少参数：%s", cmd.UseLine())
		case most > 0 && len(args) > most, least == 0 && most == 0 && len(args) > 0:
			return fmt.Errorf("多余的参数 %q：%s", args[len(args)-1], cmd.UseLine())
		}
		return nil
	}
}
