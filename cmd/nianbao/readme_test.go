package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"nianbao/convert/history"
	"nianbao/convert/rules"
)

var update = flag.Bool("update", false, "write the generated tables of README.md anew")

// The tables of README are made from the program, so they are never stale.
func TestReadmeTables(t *testing.T) {
	const path = "../../README.md"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := string(b)
	for name, table := range map[string]string{"configuration": configurationTable(), "rules": rules.Markdown(slices.Concat(rules.Catalogue(), history.Catalogue()))} {
		begin, end := "<!-- "+name+":begin -->\n", "<!-- "+name+":end -->"
		i, k := strings.Index(want, begin), strings.Index(want, end)
		if i < 0 || k < i {
			t.Fatalf("README has no place for %s", name)
		}
		want = want[:i+len(begin)] + strings.TrimSpace(table) + "\n" + want[k:]
	}
	if want == string(b) {
		return
	}
	if !*update {
		t.Fatal("README.md has stale tables: go test ./cmd/nianbao -run TestReadmeTables -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

func configurationTable() string {
	var b strings.Builder
	b.WriteString("| 参数 | 环境变量 | 默认 | 含义 |\n|---|---|---|---|\n")
	root := newRoot(nil, nil)
	serve, _, err := root.Find([]string{"serve"})
	if err != nil {
		panic(err)
	}
	all := pflag.NewFlagSet("all", pflag.ContinueOnError)
	all.AddFlag(root.PersistentFlags().Lookup("config"))
	all.AddFlagSet(serve.LocalNonPersistentFlags())
	all.VisitAll(func(f *pflag.Flag) {
		def := f.DefValue
		switch {
		case f.Name == "jobs":
			def = "处理器数"
		case def == "" || def == "[]":
			def = "（空）"
		default:
			def = "`" + def + "`"
		}
		env := "`" + envName(f.Name) + "`"
		if isSecret(f) {
			env += "，或放在文件里：`" + envName(f.Name) + fileSuffix + "`"
		}
		fmt.Fprintf(&b, "| `--%s` | %s | %s | %s |\n", f.Name, env, def, f.Usage)
	})
	return b.String()
}

// Every command that users see stands in README.
func TestReadmeCommands(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range newRoot(nil, nil).Commands() {
		if !c.Hidden && !strings.Contains(string(b), "`nianbao "+c.Name()) {
			t.Errorf("README does not name the command %s", c.Name())
		}
	}
}
