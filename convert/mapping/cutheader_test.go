package mapping

import (
	"math/rand/v2"
	"testing"

	"nianbao/convert/form"
	"nianbao/extract"
)

// A page break inside the header leaves labels that repeat (结果维持 of three
// groups) without the groups above them: the figures still have one place each.
func TestTableCutInsideItsHeader(t *testing.T) {
	for _, f := range form.All() {
		legal := f.Table("legal_challenges")
		for cut := 1; cut < 4; cut++ {
			rng := rand.New(rand.NewPCG(uint64(cut), 5))
			figures := figuresFor(rng, &f)
			tables := allTables(&f, figures)
			var pieces []extract.Table
			for _, p := range tables {
				if p.cols == legal.Width() {
					pieces = append(pieces, p.table(0, 0, cut))
					if cut < len(p.rows) {
						pieces = append(pieces, p.table(0, cut, len(p.rows)))
					}
					continue
				}
				pieces = append(pieces, p.table(0, 0, len(p.rows)))
			}
			wantFigures(t, Read(document(pieces...), form.All()), &f, figures)
			if t.Failed() {
				t.Fatalf("form %s, cut before row %d", f.ID, cut)
			}
		}
	}
}
