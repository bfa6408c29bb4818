package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// settled is the command after settings from an environment and a file.
func settled(t *testing.T, args []string, env map[string]string, file string) (*cobra.Command, error) {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "nianbao.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		env = maps.Clone(env)
		if env == nil {
			env = map[string]string{}
		}
		env["NIANBAO_CONFIG"] = path
	}
	root := newRoot(&bytes.Buffer{}, &bytes.Buffer{})
	cmd, rest, err := root.Find(args)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.ParseFlags(rest); err != nil {
		t.Fatal(err)
	}
	return cmd, settle(cmd, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
}

func TestPrecedenceOfSettings(t *testing.T) {
	const file = "# 云溪县\njobs: 3\nmax-pages: 30\ntimeout: 5m\ns3-plain: true\ns3-bucket: '云溪'\ndpi: 200 # of another command\nallowed-host: [a.example, b.example]\n"
	cmd, err := settled(t, []string{"serve", "--jobs", "1"},
		map[string]string{"NIANBAO_JOBS": "2", "NIANBAO_MAX_PAGES": "20"}, file)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		"jobs":       {"1", "参数"},
		"max-pages":  {"20", "环境变量 NIANBAO_MAX_PAGES"},
		"timeout":    {"5m0s", "第 4 行"},
		"s3-plain":   {"true", "第 5 行"},
		"s3-bucket":  {"云溪", "第 6 行"},
		"memory-mib": {"512", "默认值"},

		"allowed-host": {"[a.example,b.example]", "第 8 行"},
	} {
		f := cmd.Flags().Lookup(name)
		if got := f.Value.String(); got != want[0] || !strings.HasSuffix(sourceOf(f), want[1]) {
			t.Errorf("%s is %s from %s, want %s from %s", name, got, sourceOf(f), want[0], want[1])
		}
	}
}

// All mistakes come at once, each with its place.
func TestMistakesInSettings(t *testing.T) {
	_, err := settled(t, []string{"serve"}, map[string]string{"NIANBAO_JOBS": "many", "NIANBAO_OPEN": "maybe"},
		"lisen: 127.0.0.1:1\njobs: few\ntimeout:\ncache: [a, b]\nconfig: other.yaml\npage: first\ndrain: 5\n")
	if err == nil {
		t.Fatal("no mistake was found")
	}
	for _, want := range []string{
		"NIANBAO_JOBS：值 \"many\" 不是整数", "NIANBAO_OPEN：值 \"maybe\" 不是true 或 false",
		"nianbao.yaml 第 1 行 lisen：没有这个参数", "第 2 行 jobs：值 \"few\" 不是整数", "第 3 行 timeout：没有值",
		"第 4 行 cache：应为一个值", "第 5 行 config：不能写在配置文件里", "第 6 行 page：值 \"first\" 不是整数",
		"第 7 行 drain：值 \"5\" 不是时长",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not told in:\n%v", want, err)
		}
	}
}

func TestFilesThatAreNoSettings(t *testing.T) {
	for name, content := range map[string]string{
		"a list": "- jobs\n", "a word": "jobs\n", "two documents": "jobs: 1\n---\njobs: 2\n",
		"not YAML": "jobs: [1\n", "the same key twice": "jobs: 1\njobs: 2\n",
	} {
		if _, err := settled(t, []string{"serve"}, nil, content); err == nil || !strings.Contains(err.Error(), "配置文件") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := settled(t, []string{"serve", "--config", filepath.Join(t.TempDir(), "none.yaml")}, nil, ""); err == nil {
		t.Error("a file that is not there is no mistake")
	}
	for name, content := range map[string]string{"empty": "\n", "a comment": "# 暂无\n"} {
		if _, err := settled(t, []string{"serve"}, nil, content); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretsComeFromFilesAndAreNotShown(t *testing.T) {
	const secret = "hunter2-云溪"
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"NIANBAO_S3_SECRET_KEY_FILE": path,
		"NIANBAO_DATABASE":           "postgres://nianbao:hunter2@db/nianbao?sslpassword=hunter2",
		"NIANBAO_OTLP_ENDPOINT":      "http://me:hunter2@127.0.0.1:4318",
	}
	cmd, err := settled(t, []string{"config"}, env, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := cmd.Flags().Lookup("s3-secret-key").Value.String(); got != secret {
		t.Errorf("the secret was read as %q", got)
	}
	var out bytes.Buffer
	if err := printSettings(&out, cmd.LocalNonPersistentFlags()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hunter2") || !strings.Contains(out.String(), "NIANBAO_S3_SECRET_KEY_FILE") ||
		!strings.Contains(out.String(), "postgres://nianbao:xxxxx@db/nianbao") {
		t.Errorf("printed:\n%s", &out)
	}
	// What is printed is a configuration file.
	if _, err := settled(t, []string{"config"}, nil, out.String()); err != nil {
		t.Error(err)
	}
	env["NIANBAO_S3_SECRET_KEY"] = secret
	if _, err := settled(t, []string{"serve"}, env, ""); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("both ways at once: %v", err)
	}
	if _, err := settled(t, []string{"serve"}, map[string]string{"NIANBAO_JOBS_FILE": path}, ""); err != nil {
		t.Errorf("what is no secret is not read from files: %v", err)
	}
}
