package docx

import "testing"

// Of three kinds of headers only those are read that are printed.
func TestPrintedMargins(t *testing.T) {
	ref := func(kind, id string) string { return `<w:headerReference w:type="` + kind + `" r:id="` + id + `"/>` }
	all := ref("default", "d") + ref("first", "f") + ref("even", "e")
	section := func(inner string) string { return `<w:p><w:pPr><w:sectPr>` + inner + `</w:sectPr></w:pPr></w:p>` }
	part := func(text string) string { return "<w:hdr " + docNamespaces + ">" + para(text) + "</w:hdr>" }
	for name, c := range map[string]struct {
		body, settings string
		want           []string
		codes          string
	}{
		"default only":                {section(all), "", []string{"p: 文", "p header: 常"}, "margin_unprinted"},
		"title page":                  {section(all + "<w:titlePg/>"), "", []string{"p: 文", "p header: 常", "p header: 首"}, "margin_unprinted"},
		"no title page":               {section(all + `<w:titlePg w:val="0"/>`), "", []string{"p: 文", "p header: 常"}, "margin_unprinted"},
		"title page of a later one":   {section(all) + section("<w:titlePg/>"), "", []string{"p: 文", "p header: 常", "p header: 首"}, "margin_unprinted"},
		"even pages":                  {section(all), "<w:evenAndOddHeaders/>", []string{"p: 文", "p header: 常", "p header: 偶"}, "margin_unprinted"},
		"even pages switched off":     {section(all), `<w:evenAndOddHeaders w:val="false"/>`, []string{"p: 文", "p header: 常"}, "margin_unprinted"},
		"all":                         {section(all + "<w:titlePg/>"), "<w:evenAndOddHeaders/>", []string{"p: 文", "p header: 常", "p header: 偶", "p header: 首"}, ""},
		"empty ones are none":         {section(ref("default", "d") + ref("first", "x")), "", []string{"p: 文", "p header: 常"}, ""},
		"one part for several kinds":  {section(ref("default", "d") + ref("first", "d") + ref("even", "d")), "", []string{"p: 文", "p header: 常"}, ""},
		"a reference without a type":  {section(`<w:headerReference r:id="d"/>`), "", []string{"p: 文", "p header: 常"}, ""},
		"a reference that leads away": {section(ref("default", "?")), "", []string{"p: 文"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			rels := packageRels
			for id, kind := range map[string]string{"d": "header", "f": "header", "e": "header", "x": "header", "settings": "settings"} {
				rels += `<Relationship Id="` + id + `" Type="` + officeRels + kind + `" Target="` + id + `.xml"/>`
			}
			e := fixture{body: para("文") + c.body, extra: map[string]string{
				"word/_rels/document.xml.rels": rels + `</Relationships>`, "word/d.xml": part("常"), "word/f.xml": part("首"), "word/e.xml": part("偶"), "word/x.xml": part(""),
				"word/settings.xml": "<w:settings " + docNamespaces + ">" + c.settings + "</w:settings>",
			}}.expect(t, c.want...)
			if got := codes(e); got != c.codes {
				t.Errorf("warnings %q, want %q", got, c.codes)
			}
		})
	}
}
