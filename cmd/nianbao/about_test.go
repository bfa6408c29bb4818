package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is one the program is made with.
type module struct{ path, version, dir string }

// modulesOf lists the modules of the program on that system.
func modulesOf(t *testing.T, goos string) (out []module) {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "nianbao/cmd/nianbao")
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0")
	b, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 3 {
			out = append(out, module{f[0], f[1], f[2]})
		}
	}
	return out
}

// licenceName names a licence by what its text says.
func licenceName(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, k := range [...][2]string{
		{"Apache License", "Apache-2.0"}, {"Mozilla Public License", "MPL-2.0"},
		{"Neither the name of", "BSD-3-Clause"}, {"names of its contributors may be used", "BSD-3-Clause"},
		{"Redistribution and use in source and binary forms", "BSD-2-Clause"},
		{"Permission is hereby granted, free of charge", "MIT"}, {"Permission to use, copy, modify, and/or distribute", "ISC"},
		{"CC0", "CC0-1.0"}, {"This is free and unencumbered software", "Unlicense"},
	} {
		if strings.Contains(text, strings.ToLower(k[0])) {
			return k[1]
		}
	}
	return ""
}

// licenceText is what the module says of its licence, with its notices.
func licenceText(t *testing.T, m module) string {
	t.Helper()
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE"}, func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.TrimSpace(strings.ReplaceAll(string(text), "\r", "")) + "\n")
	}
	return b.String()
}

// licenceList is licences.txt as it has to be.
func licenceList(t *testing.T) string {
	all := map[string]module{}
	for _, goos := range []string{"linux", "windows"} {
		for _, m := range modulesOf(t, goos) {
			all[m.path] = m
		}
	}
	var list, texts strings.Builder
	users := map[string][]string{} // by text
	var order []string
	for _, path := range slices.Sorted(maps.Keys(all)) {
		m := all[path]
		text := licenceText(t, m)
		name := licenceName(text)
		if name == "" {
			t.Errorf("%s: which licence is this?\n%.300s", path, text)
		}
		fmt.Fprintf(&list, "%s\t%s\t%s\n", path, m.version, name)
		if users[text] == nil {
			order = append(order, text)
		}
		users[text] = append(users[text], path)
	}
	for _, text := range order {
		fmt.Fprintf(&texts, "\n%s\n%s\n\n%s", strings.Repeat("=", 78), strings.Join(users[text], "\n"), text)
	}
	return list.String() + texts.String()
}

// The licences of everything the program is made with go with it.
func TestLicences(t *testing.T) {
	want := licenceList(t)
	if want == licences {
		return
	}
	if !*update {
		t.Fatal("licences.txt is stale: go test ./cmd/nianbao -run TestLicences -update")
	}
	if err := os.WriteFile("licences.txt", []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}
