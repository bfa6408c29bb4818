package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nianbao/convert/bodies"
	"nianbao/convert/bodies/sheet"
	"nianbao/convert/local"
	"nianbao/convert/rules"
)

// localConfig names the file of local rules.
type localConfig struct {
	File    string
	read    *local.Local   // nil without a file
	entries []bodies.Entry // of its list of bodies
}

func (c *localConfig) flags(f *pflag.FlagSet) {
	f.StringVar(&c.File, "rules", "", "本地规则文件（YAML）：级别、停用、别名、另外要求的部分、主体名单；见 README")
}

// validate reads the file.
func (c *localConfig) validate() error {
	if c.File == "" {
		return nil
	}
	f, err := openRegular(c.File)
	if err != nil {
		return fmt.Errorf("--rules：%w", err)
	}
	defer func() { _ = f.Close() }() // was only read
	if c.read, err = local.Read(f); err != nil {
		return fmt.Errorf("本地规则文件 %s 有误：%w", c.File, err)
	}
	if name := c.bodies(); name != "" {
		content, err := os.ReadFile(name)
		if err == nil {
			c.entries, err = sheet.Parse(content)
		}
		if err == nil {
			_, err = bodies.New(c.entries, nil)
		}
		if err != nil {
			return fmt.Errorf("本地规则文件 %s 有误：bodies：%w", c.File, err)
		}
	}
	return nil
}

// bodies is the path of the list of bodies; empty for none.
func (c *localConfig) bodies() string {
	name := c.read.Bodies()
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(c.File), name)
}

// importBodies puts the place's list of bodies in force where there is none yet:
// what people have changed since stays.
func (c *localConfig) importBodies(ctx context.Context, s *bodies.Service) error {
	if len(c.entries) == 0 {
		return nil
	}
	there, err := s.List(ctx)
	if err != nil || there.Version > 0 {
		return err
	}
	_, err = s.Replace(ctx, c.entries, 0, "（本地规则文件）")
	if errors.Is(err, bodies.ErrChanged) {
		return nil // another process was faster
	}
	return err
}

// newRules prints the rules in force.
func newRules() *cobra.Command {
	var place localConfig
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "列出检查规则",
		Long:  "列出规则目录：编号、级别、名称、成立的条件。给出 --rules 时为本地规则调整后的目录。",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := place.validate(); err != nil {
				return err
			}
			return printRules(cmd.OutOrStdout(), &place, asJSON)
		},
	}
	place.flags(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "以 JSON 打印")
	return cmd
}

func printRules(w io.Writer, place *localConfig, asJSON bool) error {
	list := place.read.Catalogue()
	if asJSON {
		return printJSON(w, list)
	}
	_, err := io.WriteString(w, rules.Markdown(list))
	return err
}
