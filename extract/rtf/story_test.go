package rtf

import (
	"testing"

	"nianbao/extract"
)

func TestStories(t *testing.T) {
	for name, s := range map[string]sample{
		"margins": {
			body: `{\header a\par}{\footer b\par}x\par` + "\\se" + "ct" + `{\header a\par}{\footerf c\par}y\par`,
			want: "paragraph x\nparagraph y\nparagraph (header) a\nparagraph (footer) b\nparagraph (footer) c\n",
		},
		"notes": {
			body: `x{\super\chftn{\footnote\ftnalt\pard e}}y{\footnote\chftn f}\par`,
			want: "paragraph xy\nparagraph (footnote) e\nparagraph (footnote) f\n",
		},
		"note in a cell": {
			body: `\trowd\cellx1000\cellx2000\intbl a{\footnote f}\cell b\cell\row`,
			want: "table 1×2\n 0,0+1×1 a\n 0,1+1×1 b\nparagraph (footnote) f\n",
		},
		"text box": {
			body: `{\shp{\*\shpinst\shpleft0\shpright200{\sp{\sn a}{\sv 1}}{\shptxt\pard b\par c\par}}{\shprslt{\*\do{\dptxbxtext b\par}}}}x\par`,
			want: "paragraph (textbox) b\nparagraph (textbox) c\nparagraph x\n",
		},
		"old text box": {body: `x{\*\do\dobxpage\dptxbx{\dptxbxtext b\par}\dpx0}\par`, want: "paragraph x\nparagraph (textbox) b\n"},
		"box with a table": {
			body: `{\shp{\*\shpinst{\shptxt\trowd\cellx100\cellx200\intbl a\cell b\cell\row}}}x\par`,
			want: "table (textbox) 1×2\n 0,0+1×1 a\n 0,1+1×1 b\nparagraph x\n",
		},
		"word art":   {body: `{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv a}}}}x\par`, want: "paragraph (textbox) a\nparagraph x\n"},
		"separators": {body: `{\*\ftnsep a}{\ftnsepc b}x\par`, want: "paragraph x\n"},
	} {
		s.check(t, name)
	}
}

func TestPictures(t *testing.T) {
	for name, s := range map[string]sample{
		"both kinds":   {body: `{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a}}}\pngblip 00}}{\nonshppict{\pict 00}}`, want: "image a\n"},
		"old alone":    {body: `{\nonshppict{\pict 00}}`, want: "image \n"},
		"binary":       {body: "{\\pict\\bin5 }{\\}\\}a", want: "image \nparagraph a\n"},
		"shape":        {body: `{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}{\sp{\sn wzDescription}{\sv b}}}}`, want: "image b\n"},
		"hidden":       {body: `{\v{\pict 00}}a`, want: "paragraph a\n"},
		"in a note":    {body: `a{\footnote{\pict 00}}`, want: "paragraph a\nimage (footnote) \n"},
		"in a header":  {body: `{\header{\pict 00}}a`, want: "paragraph a\nimage (header) \n"},
		"bullet of it": {body: `{\*\listtable{\*\listpicture{\pict 00}}}a`, want: "paragraph a\n"},
	} {
		s.check(t, name)
	}
	e, err := readBytes(file(`{\pict\picwgoal2000\pichgoal1000\picscalex50 00}{\shp{\*\shpinst\shpleft20\shptop40\shpright420\shpbottom240{\sp{\sn pib}{\sv{\pict 00}}}}}`), extract.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if b := e.Document.Blocks; len(b) != 2 || b[0].Width != 50 || b[0].Height != 50 || b[1].Width != 20 || b[1].Height != 10 {
		t.Errorf("extents: %+v", b)
	}
}

func TestLists(t *testing.T) {
	const tables = `{\*\listtable{\list{\listlevel\levelnfc39\levelstartat1\levelfollow2{\leveltext\'02\'00\u12289?;}{\levelnumbers\'01;}}` +
		`{\listlevel\levelnfc0\levelstartat3\levelfollow0{\leveltext\'04(\'00.\'01;}}\listid7}` +
		`{\list{\listlevel\levelnfc23{\leveltext\'01\u-3988?;}\f4}\listid8}}` +
		`{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\ls2}` +
		`{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls3}}`
	for name, s := range map[string]sample{
		"printed":        {body: `{\listtext\u19968?\u12289?\tab}\ls1 a\par`, want: "paragraph [一、] 一、a\n"},
		"printed, space": {body: `{\listtext 1. }a\par`, want: "paragraph [1.] 1. a\n"},
		"printed bullet": {body: `{\listtext\f4\'6c\tab}a\par`, want: "paragraph ● a\n"},
		"old number":     {body: `{\pntext\f0 1.\tab}{\*\pn\pnlvlbody{\pntxta .}}a\par`, want: "paragraph [1.] 1. a\n"},
		"known by table": {body: tables + `{\listtext\u19968?\u12289?\tab}\ls1 a\par{\listtext o\tab}\ls2 b\par`, want: "paragraph [一、] 一、a\nparagraph o b\n"},
		"counted":        {body: tables + `\ls1 a\par\pard\ls1\ilvl1 b\par\pard\ls1 c\par`, want: "paragraph [一、] 一、a\nparagraph [(一.3] (一.3 b\nparagraph [二、] 二、c\n"},
		"counted bullet": {body: tables + `\ls2 a\par`, want: "paragraph ● a\n"},
		"level in the code page": {
			body: `{\*\listtable{\list{\listlevel\levelnfc39\levelfollow2{\leveltext\leveltemplateid5\'06` + gbk(t, "第") + `\'00` + gbk(t, "章、") + `;}}\listid1}{\list{\listlevel\levelnfc23{\leveltext\'01\'6c;}\f4}\listid2}}` +
				`{\*\listoverridetable{\listoverride\listid1\ls1}{\listoverride\listid2\ls2}}\f1\ls1 a\par\ls2 b\par`,
			want: "paragraph [第一章、] 第一章、a\nparagraph ● b\n",
		},
		"start elsewhere": {body: tables + `\ls3 a\par`, want: "paragraph [五、] 五、a\n"},
		"no such list":    {body: tables + `\ls9 a\par`, want: "paragraph a\n"},
		"hidden number":   {body: `{\v{\listtext 1.\tab}}a\par`, want: "paragraph a\n"},
	} {
		s.check(t, name)
	}
}
