package rtf

import (
	"testing"

	"nianbao/extract"
)

func TestTables(t *testing.T) {
	for name, s := range map[string]sample{
		"plain": {
			body: `\trowd\cellx1000\cellx2000\pard\intbl a\cell b\cell\row\trowd\cellx1000\cellx2000\intbl c\cell d\par e\cell\row\pard f\par`,
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×1 c\n 1,1+1×1 d⏎e\nparagraph f\n",
		},
		"defined behind the cells": {
			body: `\pard\intbl a\cell b\cell{\trowd\cellx1000\cellx2000\row}\intbl c\cell{\trowd\cellx2000\row}`,
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×2 c\n",
		},
		"ragged": {
			body: `\trowd\cellx1000\cellx2000\cellx3000\intbl a\cell b\cell c\cell\row\trowd\cellx1500\cellx3000\intbl d\cell e\cell\row`,
			want: "table 2×4\n 0,0+1×1 a\n 0,1+1×2 b\n 0,3+1×1 c\n 1,0+1×2 d\n 1,2+1×2 e\n",
		},
		"edges a hair apart": {
			body: `\trowd\cellx1000\cellx2000\intbl a\cell b\cell\row\trowd\cellx1018\cellx2000\intbl c\cell d\cell\row`,
			want: "table 2×3\n 0,0+1×1 a\n 0,1+1×2 b\n 1,0+1×2 c\n 1,2+1×1 d\n",
		},
		"edges a hair apart in a merge": {
			body: `\trowd\clvmgf\cellx1000\cellx2000\intbl a\cell b\cell\row\trowd\clvmrg\cellx1018\cellx2000\intbl\cell d\cell\row`,
			want: "table 2×2\n 0,0+2×1 a\n 0,1+1×1 b\n 1,1+1×1 d\n",
		},
		"left out before and after": {
			body: `\trowd\trleft-100\cellx1000\cellx2000\cellx3000\intbl a\cell b\cell c\cell\row\trowd\trleft1000\cellx2000\intbl d\cell\row`,
			want: "table 2×3\n 0,0+1×1 a\n 0,1+1×1 b\n 0,2+1×1 c\n 1,1+1×1 d\n",
		},
		"merged across": {
			body: `\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl a\cell\cell b\cell\row\trowd\cellx1000\cellx2000\cellx3000\intbl c\cell d\cell e\cell\row`,
			want: "table 2×3\n 0,0+1×2 a\n 0,2+1×1 b\n 1,0+1×1 c\n 1,1+1×1 d\n 1,2+1×1 e\n",
		},
		"merged down": {
			body: `\trowd\clvmgf\cellx1000\cellx2000\intbl a\cell b\cell\row\trowd\clvmrg\cellx1000\cellx2000\intbl\cell c\cell\row` +
				`\trowd\cellx1000\cellx2000\intbl d\cell e\cell\row`,
			want: "table 3×2\n 0,0+2×1 a\n 0,1+1×1 b\n 1,1+1×1 c\n 2,0+1×1 d\n 2,1+1×1 e\n",
		},
		"without edges": {
			body: `\trowd\cellx0\cellx0\intbl a\cell b\cell\row\trowd\cellx0\cellx0\intbl c\cell d\cell\row`,
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 b\n 1,0+1×1 c\n 1,1+1×1 d\n",
		},
		"without a definition": {
			body: `\pard\intbl a\cell b\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\n",
		},
		"too few cells": {
			body: `\trowd\cellx1000\cellx2000\intbl a\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 \n",
		},
		"too many cells": {
			body: `\trowd\cellx1000\intbl a\cell b\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\n",
		},
		"an empty cell too many": {
			body: `\trowd\cellx1000\cellx2000\intbl a\cell\cell\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 \n",
		},
		"not said to be in a table": {
			body: `\trowd\cellx1000\cellx2000 a\cell b\par c\cell\row\pard d\par`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b⏎c\nparagraph d\n",
		},
		"text behind the last cell": {
			body: `\trowd\cellx1000\intbl a\cell b\row\pard c\par`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\nparagraph c\n",
		},
		"row that is not ended": {
			body: `\trowd\cellx1000\intbl a\cell`, want: "table 1×1\n 0,0+1×1 a\n", warnings: "row_unclosed",
		},
		"empty row": {body: `\trowd\cellx1000\row a\par`, want: "paragraph a\n"},
		"two tables": {
			body: `\trowd\irow0\cellx1000\cellx2000\intbl a\cell 1\cell\row\trowd\irow1\lastrow\cellx1000\cellx2000\intbl b\cell 2\cell\row` +
				`\trowd\irow0\lastrow\cellx1000\cellx2000\intbl c\cell x\cell\row`,
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 1\n 1,0+1×1 b\n 1,1+1×1 2\ntable 1×2\n 0,0+1×1 c\n 0,1+1×1 x\n",
		},
		"split by accident": {
			body: `\trowd\cellx1000\cellx2000\intbl a\cell 1\cell\row\pard\par\trowd\cellx1000\cellx2000\intbl c\cell 2\cell\row`,
			want: "table 2×2\n 0,0+1×1 a\n 0,1+1×1 1\n 1,0+1×1 c\n 1,1+1×1 2\n",
		},
		"nested": {
			body: `\trowd\cellx3000\cellx6000\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell` +
				`{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables x\par}\pard\intbl d\cell e\cell\row\pard f\par`,
			want: "table 1×2\n 0,0+1×1 a⏎d\n 0,1+1×1 e\ntable 1×2\n 0,0+1×1 b\n 0,1+1×1 c\nparagraph f\n",
		},
		"nested, levels skipped": {
			body: `\pard\intbl\itap4 a\nestcell{\*\nesttableprops\trowd\cellx1000\nestrow}\pard\intbl b\cell c\cell{\trowd\cellx1000\cellx2000\row}`,
			want: "table 1×2\n 0,0+1×1 b\n 0,1+1×1 c\ntable 1×1\n 0,0+1×1 a\n",
		},
		"picture in a cell": {
			body: `\trowd\cellx1000\cellx2000\intbl a{\pict\picwgoal20\pichgoal20 00}\cell b\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\nimage \n",
		},
		"number in a cell": {
			body: `\trowd\cellx1000\cellx2000\intbl{\listtext 1.\tab}a\cell b\cell\row`,
			want: "table 1×2\n 0,0+1×1 1. a\n 0,1+1×1 b\n",
		},
	} {
		s.check(t, name)
	}
}

// Rows that are repeated on each page are counted.
func TestHeaderRows(t *testing.T) {
	e, err := readBytes(file(`\trowd\trhdr\cellx1000\intbl a\cell\row\trowd\cellx1000\intbl b\cell\row`), extract.DefaultLimits())
	if err != nil || e.Document.Tables[0].HeaderRows != 1 {
		t.Errorf("%v, %+v", err, e)
	}
}

// A cell can be found again: rows and cells are counted as the file has them.
func TestCellParts(t *testing.T) {
	e, err := readBytes(file(`x\par\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl a\cell\cell b\cell\row`), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	cells := e.Document.Tables[0].Cells
	if got := *cells[len(cells)-1].Part; got != "rtf#tbl0/r0/c2" {
		t.Errorf("part %q", got)
	}
}
