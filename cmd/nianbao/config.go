package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newConfig shows the settings in force: what serve would do with the same
// command line, environment and file.
func newConfig() *cobra.Command {
	var cfg serveConfig
	cmd := &cobra.Command{
		Use:   "config",
		Short: "打印生效的配置和每项的来源（口令不显示），并检查是否有误",
		Long: `打印 serve 在同样的参数、环境变量和配置文件下生效的配置，每项注明来源，口令和密钥不显示。
输出是有效的 YAML，可作为 --config 的文件。配置有误时以状态 2 结束。`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := printSettings(cmd.OutOrStdout(), cmd.LocalNonPersistentFlags()); err != nil {
				return err
			}
			return cfg.validate()
		},
	}
	cfg.flags(cmd.Flags())
	return cmd
}

func printSettings(w io.Writer, flags *pflag.FlagSet) error {
	var err error
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || err != nil {
			return
		}
		value, comment := shown(f), ""
		switch {
		case isSecret(f) && value != "":
			comment = "# " // what is shown is not the value
		case f.Value.Type() == "string":
			value = strconv.Quote(value)
		}
		_, err = fmt.Fprintf(w, "%s%s: %s # %s\n", comment, f.Name, value, sourceOf(f))
	})
	return err
}
