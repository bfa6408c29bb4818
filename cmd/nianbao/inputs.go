package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
// Word nor PDF. A file named on the command line is always an input: if it
// cannot be read, its own answer says so.
func findInputs(paths []string) (inputs []input, left int, err error) {
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, 0, fmt.Errorf("找不到 %s：%w", p, err)
		}
		if !info.IsDir() {
			inputs = append(inputs, input{p, filepath.Base(p)})
			continue
		}
		found, skipped, err := searchDirectory(p)
		if err != nil {
			return nil, 0, err
		}
		inputs, left = append(inputs, found...), left+skipped
	}
	uniqueNames(inputs)
	return inputs, left, nil
}

func searchDirectory(dir string) (inputs []input, left int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return nil
		}
		if !d.Type().IsRegular() {
			left++
			return nil
		}
		ok, err := readable(path)
		if err != nil {
			return err
		}
		if !ok {
			left++
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		inputs = append(inputs, input{path, rel})
		return nil
	})
	return inputs, left, err
}

// readable tells from the content whether a file is one of ours. A damaged or
// encrypted Word or PDF file is: its answer has to say so.
func readable(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	_, err = reader.Sniff(f, info.Size())
	var e *extract.Error
	if errors.As(err, &e) && e.Code == extract.CodeUnsupported {
		return false, nil
	}
	return true, nil
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
