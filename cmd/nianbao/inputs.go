package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"nianbao/convert/unpack"
	"nianbao/extract"
	"nianbao/extract/reader"
)

// input is one file to convert.
type input struct {
	path string
	// name is what the result is called below the output directory: the base
	// name, or the path relative to the directory it was found in.
	name string
}

// findInputs lists the files to convert in the order of the arguments, a
// directory's by name. left counts the files of directories that are neither
// Word, web page nor PDF. A file named on the command line, and a file or directory that
// cannot be opened, is always an input: its own answer says what is wrong.
func findInputs(paths []string) (inputs []input, left int, err error) {
	return findInputsThat(ours, paths)
}

// findInputsThat is findInputs with another choice of what counts.
func findInputsThat(wanted func(path string) bool, paths []string) (inputs []input, left int, err error) {
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, 0, fmt.Errorf("找不到 %s：%w", p, err)
		}
		if !info.IsDir() {
			inputs = append(inputs, input{p, filepath.Base(p)})
			continue
		}
		found, skipped, err := searchDirectory(p, wanted)
		if err != nil {
			return nil, 0, err
		}
		inputs, left = append(inputs, found...), left+skipped
	}
	uniqueNames(inputs)
	return inputs, left, nil
}

func searchDirectory(dir string, wanted func(path string) bool) (inputs []input, left int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil: // a directory that cannot be listed: answered like a file
		case d.IsDir():
			return nil
		case !d.Type().IsRegular() || !wanted(path):
			left++
			return nil
		}
		rel, relErr := filepath.Rel(dir, path)
		if relErr != nil {
			return relErr
		}
		inputs = append(inputs, input{path, rel})
		if err != nil {
			return filepath.SkipDir
		}
		return nil
	})
	return inputs, left, err
}

// ours tells from the content whether a file is Word, a web page or PDF. One that
// is damaged, encrypted or cannot be opened counts as such: its answer has to say
// so. What a saved web page keeps beside itself does not.
func ours(path string) bool {
	if unpack.Companion(filepath.ToSlash(path)) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return true
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return true
	}
	_, err = reader.Sniff(f, info.Size())
	e := extract.AsError(err)
	return e == nil || e.Code != extract.CodeUnsupported
}

// uniqueNames keeps two inputs from writing one result: "a.pdf", "a~2.pdf".
func uniqueNames(inputs []input) {
	seen := make(map[string]bool, len(inputs))
	for i := range inputs {
		name := inputs[i].name
		ext := filepath.Ext(name)
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s~%d%s", strings.TrimSuffix(inputs[i].name, ext), n, ext)
		}
		seen[name] = true
		inputs[i].name = name
	}
}
