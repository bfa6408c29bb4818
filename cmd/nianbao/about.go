package main

import (
	_ "embed"
	"strings"

	"github.com/spf13/pflag"

	"nianbao/api/web"
)

// licences lists the modules that the program is made with, one a line (path,
// version, licence, parted by tabs), and behind an empty line the texts of their
// licences. TestLicences writes it.
//
//go:embed licences.txt
var licences string

// components are the modules of the list.
func components() (out []web.Component) {
	list, _, _ := strings.Cut(licences, "\n\n")
	for line := range strings.Lines(list) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			out = append(out, web.Component{Name: f[0], Version: f[1], Licence: f[2]})
		}
	}
	return out
}

// settingsOf are the settings in force, as they may be shown.
func settingsOf(flags *pflag.FlagSet) (out []web.Setting) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			out = append(out, web.Setting{Name: "--" + f.Name, Value: shown(f), Source: sourceOf(f), Help: f.Usage})
		}
	})
	return out
}

// place says where originals and catalog are kept, without secrets.
func (c *storeConfig) place() string {
	originals, catalog := "原件在目录 "+c.Data, "目录库在同一目录（SQLite）"
	if c.S3.Endpoint != "" {
		originals, catalog = "原件在 S3 存储 "+c.S3.Endpoint+" 的存储桶 "+c.S3.Bucket, "目录库在目录 "+c.Data+"（SQLite）"
	}
	if c.Database != "" {
		catalog = "目录库在 PostgreSQL"
	}
	return originals + "，" + catalog
}
