package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// readmeBlock is the fenced text between two marks of README.
func readmeBlock(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(b), "<!-- "+name+":begin -->\n```")
	block, _, closed := strings.Cut(rest, "```\n<!-- "+name+":end -->")
	if !found || !closed {
		t.Fatalf("README has no block %s", name)
	}
	_, block, _ = strings.Cut(block, "\n") // the language
	return block
}

// flagOf finds the flag of a command that an environment variable stands for.
func flagOf(cmd *cobra.Command, variable string) *pflag.Flag {
	var found *pflag.Flag
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if variable == envName(f.Name) || isSecret(f) && variable == envName(f.Name)+fileSuffix {
			found = f
		}
	})
	return found
}

type composeService struct {
	Image       string
	Command     []string
	Secrets     []string
	Volumes     []string
	Environment map[string]string
	DependsOn   map[string]any `yaml:"depends_on"`
}

// The compose file is valid YAML, names nothing that it does not declare, and
// sets nothing that the commands do not know.
func TestComposeFile(t *testing.T) {
	var file struct {
		Services map[string]composeService
		Secrets  map[string]any
		Volumes  map[string]any
	}
	if err := yaml.Unmarshal([]byte(readmeBlock(t, "compose")), &file); err != nil {
		t.Fatal(yaml.FormatError(err, false, true))
	}
	ours := 0
	for name, s := range file.Services {
		if s.Image == "" {
			t.Errorf("%s has no image", name)
		}
		for _, secret := range s.Secrets {
			if _, ok := file.Secrets[secret]; !ok {
				t.Errorf("%s: secret %s is not declared", name, secret)
			}
		}
		for _, v := range s.Volumes {
			source, _, _ := strings.Cut(v, ":")
			if _, ok := file.Volumes[source]; !ok {
				t.Errorf("%s: volume %s is not declared", name, source)
			}
		}
		for other := range s.DependsOn {
			if _, ok := file.Services[other]; !ok {
				t.Errorf("%s depends on %s, which is not there", name, other)
			}
		}
		if s.Image == "nianbao" {
			ours++
			checkComposed(t, name, s)
		}
	}
	if ours != 2 || len(file.Services) != 4 {
		t.Errorf("%d services, %d of ours", len(file.Services), ours)
	}
}

func checkComposed(t *testing.T, name string, s composeService) {
	t.Helper()
	cmd, rest, err := newRoot(nil, nil).Find(s.Command)
	if err != nil || len(rest) > 0 || !cmd.HasParent() {
		t.Fatalf("%s: command %v: %v", name, s.Command, err)
	}
	if len(s.Environment) == 0 {
		t.Errorf("%s has no environment", name)
	}
	for variable, value := range s.Environment {
		f := flagOf(cmd, variable)
		if f == nil {
			t.Errorf("%s: %s stands for no flag of %s", name, variable, cmd.Name())
			continue
		}
		path, secret := strings.CutPrefix(value, "/run/secrets/")
		if secret != strings.HasSuffix(variable, fileSuffix) || secret && !slices.Contains(s.Secrets, path) {
			t.Errorf("%s: %s is %s, and the secrets are %v", name, variable, value, s.Secrets)
		}
		if isSecret(f) && !secret {
			t.Errorf("%s: %s stands in the file", name, variable)
		}
		if !secret && f.Value.Set(value) != nil {
			t.Errorf("%s: %s cannot be %s", name, variable, value)
		}
	}
}

// systemd understands the unit, and its environment is ours.
func TestSystemdUnit(t *testing.T) {
	unit := readmeBlock(t, "unit")
	serve := newServe()
	for line := range strings.Lines(unit) {
		assignments, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimSpace(line), "#"), "Environment=")
		if !ok {
			continue
		}
		for _, a := range strings.Fields(assignments) {
			if name, _, _ := strings.Cut(a, "="); strings.HasPrefix(name, "NIANBAO_") && flagOf(serve, name) == nil {
				t.Errorf("%s stands for no flag of serve", name)
			}
		}
	}
	for _, needed := range []string{"MemoryDenyWriteExecute=yes", "ProcSubset=pid"} {
		if strings.Contains(unit, "\n"+needed) {
			t.Errorf("%s breaks the service", needed)
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("NIANBAO_TEST_REQUIRE") != "" {
			t.Fatal("systemd-analyze is required here")
		}
		t.Skip("systemd-analyze is not there: the unit is not verified")
	}
	self, err := os.Executable() // the unit's program must exist
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "nianbao.service")
	// Both ways with credentials: the commented lines are for users.
	text := strings.NewReplacer("/usr/local/bin/nianbao", self, "#LoadCredential", "LoadCredential", "#Environment", "Environment").Replace(unit)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), analyze, "verify", "--man=no", path).CombinedOutput()
	if problems := complaints(string(out)); err != nil || problems != "" {
		t.Errorf("systemd-analyze: %v\n%s", err, out)
	}
}

// complaints are the lines of systemd-analyze about our unit.
func complaints(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if strings.Contains(line, "nianbao.service") {
			fmt.Fprint(&b, line)
		}
	}
	return b.String()
}
