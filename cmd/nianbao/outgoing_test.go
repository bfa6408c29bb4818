package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// outgoing are the files that may open connections, each to an address that the
// operator gave: nothing is ever fetched because a request or a document says
// so. Databases and S3 are spoken to by their libraries, whose homes
// TestImportsGoOneWay keeps.
var outgoing = []string{
	"api/client/client.go",     // --server of nianbao batch
	"api/telemetry/traces.go",  // --otlp-endpoint
	"cmd/nianbao/health.go",    // the service's own address
	"storage/archive/s3/s3.go", // --s3-endpoint
}

// callers are the ways of the standard library to open one.
var callers = map[string][]string{
	"net/http": {"Client", "Transport", "DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm", "NewRequest", "NewRequestWithContext"},
	"net": {"Dial", "DialTimeout", "Dialer", "DialTCP", "DialUDP", "DialUnix", "DialIP",
		"LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupNS", "LookupSRV", "LookupTXT", "Resolver", "DefaultResolver"},
	"crypto/tls":        {"Dial", "DialWithDialer", "Dialer"},
	"net/rpc":           {"Dial", "DialHTTP"},
	"net/smtp":          {"Dial", "SendMail"},
	"net/http/httputil": {"ReverseProxy", "NewSingleHostReverseProxy", "ClientConn", "NewClientConn"},
}

func TestNothingIsFetched(t *testing.T) {
	root := filepath.Join("..", "..")
	used := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if d.IsDir() && strings.HasSuffix(d.Name(), "test") && rel != "." { // suites and servers of tests
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, call := range connections(t, rel, file) {
			used[rel] = true
			if !slices.Contains(outgoing, rel) {
				t.Errorf("%s uses %s: nothing may be fetched from here", rel, call)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range outgoing {
		if !used[name] {
			t.Errorf("%s opens no connection: it does not belong in the table", name)
		}
	}
}

// connections are the selectors of callers in the file.
func connections(t *testing.T, name string, file *ast.File) []string {
	names := map[string][]string{} // by the name the file gives the package
	for _, imp := range file.Imports {
		path := strings.Trim(imp.Path.Value, `"`)
		list, watched := callers[path]
		if !watched {
			continue
		}
		local := path[strings.LastIndex(path, "/")+1:]
		if imp.Name != nil {
			local = imp.Name.Name
		}
		if local == "." {
			t.Errorf("%s imports %s into its own names, which cannot be watched", name, path)
		}
		names[local] = list
	}
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && slices.Contains(names[pkg.Name], sel.Sel.Name) {
			found = append(found, pkg.Name+"."+sel.Sel.Name)
		}
		return true
	})
	return found
}
