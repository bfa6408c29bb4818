package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The descriptor of a data set, as far as it is used here: Frictionless Data Package
// 1.0 (https://specs.frictionlessdata.io), profile tabular-data-package.
type (
	dataPackage struct {
		Profile     string         `json:"profile"`
		Name        string         `json:"name"`
		Title       string         `json:"title"`
		Description string         `json:"description"`
		Resources   []dataResource `json:"resources"`
	}
	dataResource struct {
		Profile   string     `json:"profile"`
		Name      string     `json:"name"`
		Title     string     `json:"title"`
		Path      string     `json:"path"`
		Format    string     `json:"format"`
		MediaType string     `json:"mediatype"`
		Encoding  string     `json:"encoding"`
		Bytes     int64      `json:"bytes"`
		Hash      string     `json:"hash"`
		Rows      int        `json:"rows"`
		Schema    dataSchema `json:"schema"`
	}
	dataSchema struct {
		Fields        []dataField   `json:"fields"`
		PrimaryKey    []string      `json:"primaryKey"`
		ForeignKeys   []foreignKeys `json:"foreignKeys,omitempty"`
		MissingValues []string      `json:"missingValues"`
	}
	dataField struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Type        string `json:"type"`
		Description string `json:"description,omitempty"`
	}
	foreignKeys struct {
		Fields    []string  `json:"fields"`
		Reference reference `json:"reference"`
	}
	reference struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
)

const (
	dataTitle = "政府信息公开工作年度报告数据集"
	dataAbout = "一行一个观测。空值是没有，绝不以 0 代替。文字列中可能被表格软件当作公式的，前面加了一个撇号（'），读入后去掉开头的一个撇号即为原文；数字列没有。"
)

// describe writes what tells about the tables.
func describe(dir string, files []*tableFile) error {
	p := dataPackage{Profile: "tabular-data-package", Name: "nianbao", Title: dataTitle, Description: dataAbout}
	for _, x := range files {
		p.Resources = append(p.Resources, x.resource())
	}
	descriptor, err := json.MarshalIndent(&p, "", "  ")
	if err != nil {
		return err
	}
	sums := &strings.Builder{}
	for _, x := range files {
		fmt.Fprintf(sums, "%s  %s\n", x.digest(), x.path())
	}
	for _, f := range []struct{ name, content string }{
		{"datapackage.json", string(descriptor) + "\n"}, {"README.md", dictionary(&p)},
	} {
		if err := os.WriteFile(filepath.Join(dir, f.name), []byte(f.content), 0o600); err != nil {
			return err
		}
		sum := sha256.Sum256([]byte(f.content))
		fmt.Fprintf(sums, "%s  %s\n", hex.EncodeToString(sum[:]), f.name)
	}
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(sums.String()), 0o600)
}

func (x *tableFile) resource() dataResource {
	r := dataResource{Profile: "tabular-data-resource", Name: x.name, Title: x.title, Path: x.path(), Format: "csv", MediaType: "text/csv",
		Encoding: "utf-8-sig", Bytes: x.size, Hash: "sha256:" + x.digest(), Rows: x.rows,
		Schema: dataSchema{PrimaryKey: x.key, MissingValues: []string{""}}}
	for _, v := range x.variables {
		r.Schema.Fields = append(r.Schema.Fields, dataField{Name: v.name, Title: v.title, Type: v.kind, Description: v.about})
		if other, column, ok := strings.Cut(v.of, "."); ok && other != x.name {
			r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKeys{Fields: []string{v.name}, Reference: reference{other, []string{column}}})
		}
	}
	return r
}

// dictionary is the descriptor for people, in Markdown.
func dictionary(p *dataPackage) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n\n每个文件的大小、行数和 SHA-256 见 datapackage.json 和 SHA256SUMS（`sha256sum -c SHA256SUMS`）。\n", p.Title, p.Description)
	for i := range p.Resources {
		r := &p.Resources[i]
		fmt.Fprintf(&out, "\n## %s\n\n%s。%d 行，主键 %s。\n\n| 列 | 名称 | 类型 | 说明 |\n|---|---|---|---|\n", r.Path, r.Title, r.Rows, strings.Join(r.Schema.PrimaryKey, "、"))
		for _, f := range r.Schema.Fields {
			fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", f.Name, f.Title, f.Type, f.Description)
		}
	}
	return out.String()
}
