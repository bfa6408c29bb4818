package rulestest

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// clauses are the clauses of all sentences in this package's tests, each with its mark.
var clauses = sync.OnceValues(func() ([]string, error) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		return nil, err
	}
	var out []string
	seen := map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil || !strings.ContainsAny(text, "，。；：、（") {
				return true
			}
			for text != "" {
				n := len(text)
				if i := strings.IndexAny(text, "，。；：、（）\n"); i >= 0 {
					n = i + len("，")
					if text[i] == '\n' {
						n = i + 1
					}
				}
				if !seen[text[:n]] {
					seen[text[:n]] = true
					out = append(out, text[:n])
				}
				text = text[n:]
			}
			return true
		})
	}
	return out, nil
})

// FuzzSplice puts clauses of all sentences the tests know in another order, so that every
// reading of sentences meets what is half like its own: there is no panic, and the second run
// gives the same.
func FuzzSplice(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		pieces, err := clauses()
		if err != nil || len(pieces) == 0 {
			t.Fatalf("%d clauses, %v", len(pieces), err)
		}
		rnd := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		for range 1 + rnd.IntN(60) {
			text.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		c := Case{Name: "spliced", Text: text.String(), Figures: map[string]string{
			"applications/new/total": "20", "applications/carried_over/total": "3", "applications/total/total": "18",
			"applications/granted/total": "18", "applications/carried_forward/total": "5",
		}}
		if rnd.IntN(2) == 0 {
			c.Missing, c.Figures = []string{"applications"}, nil
		}
		var before []byte
		for range 2 {
			v, err := Run(&c)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if before != nil && string(before) != string(b) {
				t.Fatalf("two runs differ:\n%s\n%s", before, b)
			}
			before = b
		}
	})
}
