package docx

import (
	"io"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// engine is Extraction.Engine of this reader.
const engine = "docx"

// Read reads a WordprocessingML package of size bytes. Errors are
// [*extract.Error] and name part and place; what was left out without an error
// stands in Extraction.Warnings.
func Read(r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return ReadWith(r, size, extract.Options{Limits: lim})
}

// ReadWith is Read with more than limits to choose.
func ReadWith(r io.ReaderAt, size int64, opt extract.Options) (*extract.Extraction, error) {
	lim, warn := opt.Limits, &flow.Losses{}
	open := openContainer
	head := make([]byte, min(size, flatHead))
	if n, _ := r.ReadAt(head, 0); IsFlat(head[:n]) { // errors come back below
		open = openFlat
	}
	pkg, err := open(r, size, lim, warn)
	if err != nil {
		return nil, err
	}
	defer pkg.close()
	d := &reading{pkg: pkg, lim: lim, warn: warn, changes: opt.Changes}
	items, err := d.readPackage()
	if err != nil {
		return nil, err
	}
	doc, err := flow.Assemble(items, d.lim, d.warn)
	if err != nil {
		return nil, err
	}
	d.countLosses()
	return &extract.Extraction{Format: pkg.format(), Engine: engine, Warnings: warn.Warnings(), Document: doc}, nil
}

// readPackage reads the parts of the package and puts them together.
func (d *reading) readPackage() ([]flow.Item, error) {
	if err := d.pkg.readTypes(); err != nil {
		return nil, err
	}
	main, err := d.pkg.mainPart()
	if err != nil {
		return nil, err
	}
	rels, ok, err := d.pkg.relationships(main)
	if err != nil {
		if err = d.pkg.optional(main+" 的关系部件", err); err != nil {
			return nil, err
		}
	} else if !ok && main != word2003Part {
		d.warn.Add("part_missing", "正文部件 "+main+" 没有关系部件，按内容类型寻找样式与编号")
	}
	d.styles = newStyleSheet()
	d.numbers = newNumbering(d.styles, d.warn)
	read := d.readParts
	if main == word2003Part {
		read = d.readWord2003
	}
	items, err := read(main, rels)
	if err != nil {
		return nil, err
	}
	return d.resolve(items)
}

// mainPart finds the part with the body: by relationship, else by content type.
func (c *container) mainPart() (string, error) {
	if c.has(word2003Part) {
		return word2003Part, nil
	}
	rels, _, err := c.relationships("")
	if err != nil {
		if err = c.optional("_rels/.rels", err); err != nil {
			return "", err
		}
	}
	for _, r := range rels {
		if r.kind != "officeDocument" || !c.has(r.target) {
			continue
		}
		if t := c.typeOf(r.target); strings.Contains(t, "spreadsheetml") || strings.Contains(t, "presentationml") || strings.Contains(t, "ms-excel") || strings.Contains(t, "ms-powerpoint") {
			return "", &extract.Error{Code: extract.CodeUnsupported, Detail: "这是表格或演示文稿，不是 Word 文档；请上传 Word（docx）或 PDF"}
		}
		if t := c.typeOf(r.target); t != "" && !isWordType(t) {
			c.warn.Add("part_type", "正文部件 "+r.target+" 的内容类型不是 Word 文档（"+t+"），按 Word 文档读取")
		}
		return r.target, nil
	}
	if part := c.partOfType("main+xml"); part != "" && isWordType(c.typeOf(part)) {
		c.warn.Add("part_missing", "文件包的关系部件没有指出正文，按内容类型找到 "+part)
		return part, nil
	}
	return "", extract.Damaged("文件包内找不到 Word 正文部件（既无 officeDocument 关系，也无相应内容类型）")
}

func isWordType(t string) bool {
	return strings.Contains(t, "wordprocessingml") || strings.Contains(t, "ms-word")
}

// readParts reads styles and numbering, then the body, then what the body
// refers to: notes, headers and footers.
func (d *reading) readParts(main string, rels []relationship) ([]flow.Item, error) {
	styles := d.companion(rels, "styles", "wordprocessingml.styles+xml")
	if err := d.optionalPart(styles, d.styles.read); err != nil {
		return nil, err
	}
	numbers := d.companion(rels, "numbering", "wordprocessingml.numbering+xml")
	if err := d.optionalPart(numbers, d.numbers.read); err != nil {
		return nil, err
	}
	if err := d.readSettings(rels); err != nil {
		return nil, err
	}
	items, err := d.body(main)
	if err != nil {
		return nil, err
	}
	for _, n := range []struct {
		kind, note string
		ids        *idSet
		role       extract.Role
	}{
		{"footnotes", "footnote", &d.footnotes, extract.RoleFootnote},
		{"endnotes", "endnote", &d.endnotes, extract.RoleFootnote},
		{"comments", "comment", &d.comments, extract.RoleComment},
	} {
		if n.role == extract.RoleComment && d.changes != extract.AllChanges {
			continue
		}
		part := d.companion(rels, n.kind, "wordprocessingml."+n.kind+"+xml")
		if err := d.notes(part, n.note, n.ids, n.role); err != nil {
			return nil, err
		}
	}
	if d.nested > 0 { // its pages are not these
		return items, nil
	}
	return d.margins(items, rels)
}

// companion finds a part of the main part: by relationship, else by type. ""
// where there is none.
func (d *reading) companion(rels []relationship, kind, contentType string) string {
	for _, r := range rels {
		if r.kind != kind {
			continue
		}
		if d.pkg.has(r.target) {
			return r.target
		}
		d.warn.Add("part_missing", "缺少部件 "+r.target)
	}
	return d.pkg.partOfType(contentType)
}

// optionalPart reads a part that can be done without.
func (d *reading) optionalPart(part string, read func(*xmlReader)) error {
	if part == "" {
		return nil
	}
	x, err := d.pkg.open(part)
	if err != nil {
		return d.pkg.optional(part, err)
	}
	read(x)
	d.xmlLosses(x)
	if e := x.finish(); e != nil {
		return d.pkg.optional(part, e)
	}
	return nil
}

// body reads the main part. The root must be w:document.
func (d *reading) body(main string) ([]flow.Item, error) {
	x, err := d.pkg.open(main)
	if err != nil {
		return nil, err
	}
	to := &flow.Sink{}
	wrong := false
	if x.nextChild() {
		if wrong = x.ns != nsW || x.local != "document"; !wrong {
			for x.nextChild() {
				if x.ns == nsW && x.local == "body" {
					d.newStory(x, main).container(to)
				} else {
					x.skip()
				}
			}
		} else {
			x.skip()
		}
	}
	if e := x.finish(); e != nil {
		return nil, e
	}
	if wrong {
		return nil, &extract.Error{Code: extract.CodeUnsupported, Detail: "部件 " + main + " 的根元素不是 Word 正文（w:document）；请上传 Word（docx）或 PDF"}
	}
	d.xmlLosses(x)
	return to.Items, nil
}

// notes reads the notes or comments that the body refers to.
func (d *reading) notes(part, element string, ids *idSet, role extract.Role) error {
	if part == "" || len(ids.order) == 0 {
		return nil
	}
	byID := map[string][]flow.Item{}
	if d.noted == nil {
		d.noted = map[string]map[string][]flow.Item{}
	}
	d.noted[element] = byID
	return d.optionalPart(part, func(x *xmlReader) {
		s := d.newStory(x, part)
		for x.nextChild() {
			for x.nextChild() {
				id := string(x.attr(nsW, "id"))
				if x.ns != nsW || x.local != element || !ids.known[id] || byID[id] != nil {
					x.skip()
					continue
				}
				to := &flow.Sink{Role: role}
				s.container(to)
				byID[id] = aside(flow.InRole(to.Items, to.Role))
			}
		}
	})
}

func (d *reading) xmlLosses(x *xmlReader) {
	d.warn.AddN("text_damaged", "部件 "+x.part+" 中有 XML 不允许的字符或引用，已用替代字符代替", x.badText)
	d.warn.AddN("alternative_skipped", "部件 "+x.part+" 中有无法识别的扩展内容，未读取", x.lostAlternatives)
}

func (d *reading) countLosses() {
	d.warn.AddN("hidden_text", "隐藏文字未读取", d.hidden)
	d.changeLosses()
	d.warn.AddN("number_unknown", "自动编号没有记下打印的号码，未还原", d.unknownNumbers)
	d.warn.AddN("private_characters", "文字中有自造字或专用字体的字符（私用区），照原样保留，换一台电脑可能显示不出", d.private)
	d.warn.AddN("symbol_unmapped", "符号字体中有无法对应的字符，以 U+FFFD 代替", d.unknownSymbols)
}
