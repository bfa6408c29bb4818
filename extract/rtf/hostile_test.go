package rtf

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/extract"
)

func TestRefused(t *testing.T) {
	lim := extract.DefaultLimits()
	small := lim
	small.TableCells, small.DecompressedBytes = 100, 100_000
	for name, tt := range map[string]struct {
		content string
		lim     extract.Limits
		code    extract.Code
		says    string
	}{
		"other":          {"hello", lim, extract.CodeDamaged, "RTF 标记"},
		"mark too late":  {strings.Repeat("x", 2000) + `{\rtf1 a}`, lim, extract.CodeDamaged, "RTF 标记"},
		"cut in text":    {fonts + "abc", lim, extract.CodeDamaged, "不完整"},
		"cut in a group": {fonts + `{\b abc\par`, lim, extract.CodeDamaged, "不完整"},
		"cut in a row":   {fonts + `\trowd\cellx1\intbl a\cell`, lim, extract.CodeDamaged, "不完整"},
		"cut in binary":  {fonts + `{\pict\bin99999999 abc}}`, lim, extract.CodeDamaged, "不完整"},
		"cut in hex":     {fonts + `abc\'`, lim, extract.CodeDamaged, "不完整"},
		"million groups": {fonts + strings.Repeat("{", 1_000_000), lim, extract.CodeLimit, "depth=256"},
		"too large":      {string(file(strings.Repeat("a", 100_000))), small, extract.CodeLimit, "decompressed_bytes"},
		"cells":          {string(file(strings.Repeat(`\cell`, 200) + `\row`)), small, extract.CodeLimit, "table_cells"},
		"definitions":    {string(file(`\trowd` + strings.Repeat(`\cellx1`, 200))), small, extract.CodeLimit, "table_cells"},
		"made cells":     {string(file(`\trowd` + strings.Repeat(`\cellx1`, 50) + strings.Repeat(`\intbl\cell\row`, 4))), small, extract.CodeLimit, "table_cells"},
		"huge nesting":   {string(file(strings.Repeat(`\itap2000000000 a\nestcell`, 3))), small, extract.CodeLimit, "table_cells"},
	} {
		_, err := readBytes([]byte(tt.content), tt.lim)
		e := extract.AsError(err)
		if e == nil || e.Code != tt.code || !strings.Contains(e.Error(), tt.says) {
			t.Errorf("%s: %v, want %s … %s", name, err, tt.code, tt.says)
		}
	}
}

// A missing last brace is no loss; whatever follows the last one is none either.
func TestEnds(t *testing.T) {
	for body, warning := range map[string]string{fonts + `a\par`: "structure_damaged", fonts + "a}\x00\x1a}}{x": ""} {
		e, err := readBytes([]byte(body), extract.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if got := lines(e.Document); got != "paragraph a\n" {
			t.Errorf("%q: %s", body, got)
		}
		if warning == "" && len(e.Warnings) > 0 || warning != "" && (len(e.Warnings) != 1 || e.Warnings[0].Code != warning) {
			t.Errorf("%q: warnings %v", body, e.Warnings)
		}
	}
}

// An error of the file itself is no damage of it.
func TestReadError(t *testing.T) {
	broken := errors.New("broken disk")
	_, err := Read(failing{file("a"), broken}, 1<<20, extract.DefaultLimits())
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct {
	b   []byte
	err error
}

func (f failing) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	if off < 1 && len(p) <= 1024 {
		n = copy(p, f.b)
		return n, io.EOF
	}
	return n, f.err
}

// Circles, deep references and values out of range end in a document.
func TestStrange(t *testing.T) {
	for name, body := range map[string]string{
		"styles in a circle": `{\stylesheet{\s1\sbasedon2 a;}{\s2\sbasedon1 b;}}\s1 x\par`,
		"numbers":            `\u99999999999999999999?\fs-5\b99999999999\ilvl-3\ls-4\li\f-7\uc-9\ansicpg99999 x\par`,
		"levels":             `{\*\listtable{\list` + strings.Repeat(`{\listlevel\levelstartat-9{\leveltext}}`, 20) + `\listid1}}{\*\listoverridetable{\listoverride\listid1\ls1}}\ls1\ilvl99 x\par`,
		"ends without start": `\cell\row\nestcell\nestrow{\fldrslt x}{\sv x}{\sn x}{\lfolevel}{\listlevel{\leveltext x}}`,
		"everything nested":  `{\header{\footnote{\shp{\shptxt{\pict{\footnote x}}}}}}x\par`,
		"stories in tables":  `{\fonttbl{\footnote x}}{\stylesheet{\header x}}{\listtext{\footnote x}}x\par`,
	} {
		e, err := readBytes(file(body), extract.DefaultLimits())
		checkReading(t, name, e, err)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The memory taken follows neither what a file claims nor its pictures.
func TestMemory(t *testing.T) {
	for name, body := range map[string]string{
		"hex picture":  `{\pict ` + strings.Repeat("00ff", 8<<20) + `}x`,
		"binary":       `{\pict\bin33554432 ` + strings.Repeat("\x00", 32<<20) + `}x`,
		"claimed size": `{\pict\picw2147483647\pich2147483647\picwgoal2147483647 00}x`,
		"instructions": `{\field{\*\fldinst ` + strings.Repeat("x", 32<<20) + `}{\fldrslt x}}`,
		"names":        `{\fonttbl{\f9 ` + strings.Repeat("x", 32<<20) + `;}}x`,
	} {
		b := file(body)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := readBytes(b, extract.DefaultLimits()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if taken := after.TotalAlloc - before.TotalAlloc; taken > 64<<20 {
			t.Errorf("%s: %d bytes allocated for %d", name, taken, len(b))
		}
	}
}

// checkReading checks what holds for every reading: an error is typed and comes
// alone, a document is whole.
func checkReading(t *testing.T, name string, e *extract.Extraction, err error) {
	t.Helper()
	if err != nil {
		if extract.AsError(err) == nil || e != nil {
			t.Fatalf("%s: error %v with %v", name, err, e)
		}
		return
	}
	for i := range e.Document.Tables {
		tab := &e.Document.Tables[i]
		covered := map[[2]int]bool{}
		for _, c := range tab.Cells {
			if c.Row < 0 || c.Column < 0 || c.RowSpan < 1 || c.ColumnSpan < 1 || c.Row+c.RowSpan > tab.Rows || c.Column+c.ColumnSpan > tab.Columns {
				t.Fatalf("%s: cell out of the table: %+v in %d×%d", name, c, tab.Rows, tab.Columns)
			}
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
					if covered[[2]int{r, k}] {
						t.Fatalf("%s: position %d,%d covered twice", name, r, k)
					}
					covered[[2]int{r, k}] = true
				}
			}
		}
	}
	for _, b := range e.Document.Blocks {
		if b.Part == nil {
			t.Fatalf("%s: block without a part: %+v", name, b)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		fonts + `\trowd\cellx1000\cellx2000\intbl a\cell{\b b}\cell\row\pard\intbl\itap2 x\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}\cell\row}`,
		fonts + `{\header h}{\footnote n}{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict\bin3 abc}}}{\shptxt t}}}{\field{\*\fldinst TOC}{\fldrslt x}}\par}`,
		fonts + `{\*\listtable{\list{\listlevel\levelnfc39{\leveltext\'02\'00.;}}\listid1}}{\*\listoverridetable{\listoverride\listid1\ls1}}\ls1 a\par}`,
		fonts + `\'c4\'ea\u24180?\uc2\u-10174??\u-9214??{\upr{a}{\*\ud{b}}}{\deleted\par}\v x\v0\par}`,
		fonts + `\trowd\irow0\lastrow\clmgf\cellx5\clmrg\cellx3\cellx9\clvmgf\cellx9\cell\cell\row\trowd\irow0\trleft4\clvmrg\cellx9\cell\row}`,
		`{\rtf1{\stylesheet{\s1\sbasedon1\outlinelevel0 heading 1;}}\s1 x\par`,
	} {
		f.Add([]byte(s))
	}
	lim := extract.DefaultLimits()
	lim.TableCells, lim.DecompressedBytes = 5000, 1<<20
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := readBytes(b, lim)
		checkReading(t, "fuzz", e, err)
		again, errAgain := readBytes(b, lim)
		if d := cmp.Diff(e, again); d != "" || (err == nil) != (errAgain == nil) {
			t.Errorf("a second reading differs: %v, %v\n%s", err, errAgain, d)
		}
		// Read in small pieces, it is the same.
		if i := bytes.Index(b, []byte(Mark)); i >= 0 && i < maxLead && err == nil {
			r := newReading(newLexer(&oneByte{b[i:]}), extract.Options{Limits: lim})
			if e := r.read(); e != nil {
				t.Errorf("byte by byte: %v", e)
			}
		}
	})
}

// oneByte reads one byte at a time.
type oneByte struct{ b []byte }

func (o *oneByte) Read(p []byte) (int, error) {
	if len(o.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:1], o.b)
	o.b = o.b[n:]
	return n, nil
}

// typical is a report of the usual size as Word writes it: six chapters, three
// tables of 14 rows and 10 columns.
func typical(tb testing.TB) []byte {
	tb.Helper()
	para := `\pard\plain\ltrpar\qj\fi640\li0\ri0\sl560\slmult0\widctlpar\rtlch\fcs1\af0\afs24\alang1025\ltrch\fcs0\fs32\lang1033\langfe2052\loch\af0\hich\af0\dbch\af0{` +
		gbk(tb, strings.Repeat("本机关按照要求做好信息公开工作，", 12)) + "}\r\n\\par "
	row := `\trowd\irow1\trgaph108\trleft-108`
	for i := range 10 {
		row += `\clvertalc\clbrdrt\brdrs\brdrw10\clbrdrl\brdrs\brdrw10\clbrdrb\brdrs\brdrw10\clbrdrr\brdrs\brdrw10\cltxlrtb\clftsWidth3\clwWidth900\cellx` + []string{"792", "1692", "2592", "3492", "4392", "5292", "6192", "7092", "7992", "8892"}[i]
	}
	cell := `\pard\plain\qc\intbl\rtlch\fcs1\af0\ltrch\fcs0\fs21{` + gbk(tb, "指标") + `12}\cell `
	var b strings.Builder
	b.WriteString(fonts)
	for chapter := range 6 {
		b.WriteString(strings.Repeat(para, 5))
		if chapter%2 == 0 {
			b.WriteString(strings.Repeat(row+strings.Repeat(cell, 10)+`\row`, 14) + `\pard\plain\par `)
		}
	}
	return []byte(b.String() + "}")
}

func BenchmarkRead(b *testing.B) {
	content := typical(b)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		e, err := readBytes(content, extract.DefaultLimits())
		if err != nil || len(e.Document.Tables) != 3 {
			b.Fatal(err)
		}
	}
}

// The cost of reading grows with the input, not with its square.
func TestLinearAllocations(t *testing.T) {
	count := func(body string) float64 {
		b := file(body)
		return testing.AllocsPerRun(2, func() {
			if _, err := readBytes(b, extract.DefaultLimits()); err != nil {
				t.Fatal(err)
			}
		})
	}
	for name, piece := range map[string]string{
		"paragraphs": `a\par `,
		"tables":     `\trowd\cellx100\cellx200\intbl a\cell 1\cell\row\pard x\par`,
		"rows":       `\trowd\cellx100\cellx200\intbl a\cell 1\cell\row`,
		"notes":      `a{\footnote b}`,
		"boxes":      `{\shp{\shptxt a\par}}`,
	} {
		small, large := count(strings.Repeat(piece, 300)), count(strings.Repeat(piece, 3000))
		if large > small*30 {
			t.Errorf("%s: %g allocations for 300, %g for 3000", name, small, large)
		}
	}
}
