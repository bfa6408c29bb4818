package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"

	"github.com/spf13/cobra"

	"nianbao/convert/form"
	"nianbao/convert/rules"
)

// version is set by the release build (-ldflags "-X main.version=v1.2.3").
var version string

// programVersion is the release, or what the build knows of the commit: of a few hundred
// lines, so that they are read once and not for each file.
var programVersion = sync.OnceValue(func() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	var revision, dirty string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "+dirty"
			}
		}
	}
	if revision == "" {
		return "dev"
	}
	return "dev-" + revision + dirty
})

// storedVersion is the version that stored results are kept under. A build
// without release or commit (go run) is told by its own bytes: results of an
// earlier build must not pass for this one's.
func storedVersion() (string, error) {
	v := programVersion()
	if v != "dev" {
		return v, nil
	}
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("dev-%x", h.Sum(nil)[:6]), nil
}

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "打印程序、表式和规则的版本",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "nianbao %s\nforms %s\nrules %s\n", programVersion(), form.Version, rules.Version)
			return err
		},
	}
}
