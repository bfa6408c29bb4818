package wordform

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"nianbao/convert/form"
)

// Limits of a template: it comes from who runs the program, and stays in memory.
const (
	MaxFile     = 20 << 20 // bytes of the file
	maxUnpacked = 64 << 20 // bytes of its parts
	maxParts    = 2000
)

// Mistakes are what is wrong with a template, in Chinese, all of it.
type Mistakes []string

func (m Mistakes) Error() string { return strings.Join(m, "；") }

// Parse reads a template for reports of a form; with a nil form, for any report: then
// it may have no placeholders of chapters, tables or figures. Errors: Mistakes.
func Parse(file []byte, f *form.Form) (*Template, error) {
	content, err := documentOf(file)
	if err != nil {
		return nil, err
	}
	pieces, mistakes := scan(content)
	t := &Template{file: file, form: f, pieces: pieces}
	mistakes = append(mistakes, t.check()...)
	if len(mistakes) > 0 {
		return nil, Mistakes(mistakes)
	}
	return t, nil
}

// mainPart and its relations are what the library looks for, by name.
const (
	mainPart  = "word/document.xml"
	mainLinks = "word/_rels/document.xml.rels"
)

// documentOf is the main part of a template. Every part is read to its end, for the
// library does not look whether it could.
func documentOf(file []byte) (string, error) {
	if len(file) > MaxFile {
		return "", Mistakes{fmt.Sprintf("文件超过 %d MB", MaxFile>>20)}
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return "", Mistakes{"不是 .docx 文件"}
	}
	if len(z.File) > maxParts {
		return "", Mistakes{fmt.Sprintf("部件多于 %d 个", maxParts)}
	}
	var mistakes Mistakes
	content, links, left := "", false, int64(maxUnpacked)
	for _, f := range z.File {
		b, err := unpack(f, left)
		if err != nil {
			return "", Mistakes{f.Name + "：" + err.Error()}
		}
		left -= int64(len(b))
		switch lower := strings.ToLower(f.Name); {
		case f.Name == mainPart:
			content = string(b)
		case f.Name == mainLinks:
			links = true
		case strings.HasSuffix(lower, "vbaproject.bin"):
			mistakes = append(mistakes, "含有宏，请另存为不含宏的 .docx")
		case strings.HasSuffix(lower, ".xml") && bytes.Contains(b, []byte("{{")):
			mistakes = append(mistakes, f.Name+"：占位符只能写在正文里，不能写在页眉、页脚、批注或文档属性中")
		}
	}
	if content == "" || !links {
		mistakes = append(mistakes, "没有 "+mainPart+" 或 "+mainLinks+"，请用 Word 或 WPS 另存为 .docx")
	}
	if len(mistakes) > 0 {
		return "", mistakes
	}
	return content, nil
}

func unpack(f *zip.File, limit int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errors.New("不能读取")
	}
	defer func() { _ = r.Close() }() // was only read
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, errors.New("已损坏")
	case int64(len(b)) > limit:
		return nil, fmt.Errorf("展开后超过 %d MB", maxUnpacked>>20)
	}
	return b, nil
}

// inline and blocks are the placeholders that every template may have.
func inline() []string { return []string{"title", "agency", "year", "signed_by", "signed_on"} }

func blocks() []string {
	return []string{"metadata", "preface", "chapters", "other_chapters", "registration"}
}

// Placeholders are the names of a form's placeholders, in the order of the document;
// of any report's with nil.
func Placeholders(f *form.Form) []string {
	out := slices.Concat(inline(), blocks())
	if f == nil {
		return out
	}
	for i := range f.Chapters {
		out = append(out, "heading/"+f.Chapters[i].Key, "chapter/"+f.Chapters[i].Key)
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		out = append(out, "table/"+t.Key)
		for _, c := range t.Cells() {
			out = append(out, c.Path)
		}
		for _, g := range groups(t) {
			out = append(out, collapsed(t, g)...)
		}
	}
	return out
}

// isBlock tells a placeholder that takes the place of its paragraph.
func isBlock(name string) bool {
	return slices.Contains(blocks(), name) || strings.HasPrefix(name, "chapter/") || strings.HasPrefix(name, "table/")
}

// check tells what is wrong with the placeholders.
func (t *Template) check() []string {
	var out []string
	known, there := map[string]bool{}, map[string]bool{}
	for _, name := range Placeholders(t.form) {
		known[name] = true
	}
	for i := range t.pieces {
		name := t.pieces[i].name
		if name == "" || there[name] {
			continue
		}
		there[name] = true
		if !known[name] {
			out = append(out, "没有占位符 "+mark(name)+t.hint(name))
		}
	}
	if len(there) == 0 {
		return append(out, "没有占位符，例如 "+mark("title"))
	}
	if t.form == nil {
		return out
	}
	chapters := t.has("chapter/") || t.has("heading/")
	if chapters && !there["other_chapters"] && !there["chapters"] {
		out = append(out, "有各章的占位符，却没有 "+mark("other_chapters")+"：报告另加的章节没有位置")
	}
	for i := range t.form.Tables {
		out = append(out, incomplete(&t.form.Tables[i], there)...)
	}
	return out
}

// hint says why a name is not known, where that is plain.
func (t *Template) hint(name string) string {
	if t.form != nil {
		return "（" + t.form.ID + " 年表式）"
	}
	if strings.Contains(name, "/") {
		return "：章节、表格和数字的占位符只能用在指明表式的模板里"
	}
	return ""
}

// incomplete tells a table of which some figures have a place, and others not.
func incomplete(t *form.Table, there map[string]bool) []string {
	const named = 5
	var missing []string
	cells := t.Cells()
	for _, c := range cells {
		if !there[c.Path] {
			missing = append(missing, mark(c.Path))
		}
	}
	if len(missing) == 0 || len(missing) == len(cells) {
		return nil
	}
	n, more := len(missing), ""
	if n > named {
		missing, more = missing[:named], " 等"
	}
	return []string{fmt.Sprintf("%s缺少 %d 个占位符：%s%s", t.Title, n, strings.Join(missing, " "), more)}
}
