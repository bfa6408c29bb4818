package api

import (
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// openAPIConfig is huma's configuration: JSON only, no addresses of its own
// (its documentation page loads from another host).
func openAPIConfig(cfg Config) huma.Config {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	registry.RegisterTypeAlias(reflect.TypeFor[huma.ErrorModel](), reflect.TypeFor[Problem]())
	registry.RegisterTypeAlias(reflect.TypeFor[report.Node](), reflect.TypeFor[figures]())
	registry.RegisterTypeAlias(reflect.TypeFor[report.Date](), reflect.TypeFor[date]())
	registry.RegisterTypeAlias(reflect.TypeFor[report.Number](), reflect.TypeFor[number]())
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "年报 nianbao", Version: cfg.Versions.Program,
				Description: "政府信息公开工作年度报告：上传 Word、网页或 PDF，得到规范化的数据和检查结果。",
			},
			Tags: []*huma.Tag{
				{Name: "reports", Description: "报告：上传、结果、原件"},
				{Name: "bodies", Description: "编制主体：名单，以及报告属于谁"},
				{Name: "review", Description: "审核：对问题的认定、对数值的更正、核对结论"},
				{Name: "catalogue", Description: "规则与法定表式"},
				{Name: "access", Description: "口令与审计（限管理员）"},
				{Name: "operations", Description: "运行状况"},
			},
			Components: &huma.Components{Schemas: registry},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{completeProblem},
	}
}

// schemaName names the schemas: the bare type name, with the package before it
// where two packages use the same names.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch path.Base(t.PkgPath()) {
	case "extract":
		if name != "Document" {
			return "Document" + name
		}
	case "overview":
		return "Overview" + name
	case "aggregate", "collect":
		return "RollUp" + name
	case "report":
		if name == "Problem" {
			return "Conversion" + name // Problem is the error answer
		}
	}
	return name
}

// figures stands for report.Node, whose JSON is an object tree of numbers. The
// schemas of the statutory tables are put in its place by finishSchemas.
type figures struct{}

// Schema implements huma.SchemaProvider.
func (figures) Schema(huma.Registry) *huma.Schema { return &huma.Schema{} }

// date stands for report.Date.
type date struct{}

// Schema implements huma.SchemaProvider.
func (date) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date"}
}

// number stands for report.Number, a number of JSON with its printed digits.
type number struct{}

// Schema implements huma.SchemaProvider.
func (number) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// finishSchemas makes the generated schemas as exact as the answers: null where
// a pointer may be nil, lists that are never null, the statutory tables by the
// forms, the neutral document.
func finishSchemas(o *huma.OpenAPI, forms []form.Form) {
	registry := o.Components.Schemas
	registry.Schema(reflect.TypeFor[extract.Document](), true, "Document")
	for name, s := range registry.Map() {
		if t := registry.TypeFromRef("#/components/schemas/" + name); t != nil {
			exactFields(s, t)
		}
	}
	result := registry.Map()["Result"]
	result.Properties["document"] = &huma.Schema{Ref: "#/components/schemas/Document"}
	model := registry.Map()["Report"]
	model.Properties["form"].Enum = formNames(forms)
	for key := range tableKeys(forms) {
		model.Properties[key] = tableSchema(key, forms)
	}
	model.Properties["registration"] = nullable(model.Properties["registration"])
}

// exactFields mends the properties of one struct.
func exactFields(s *huma.Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			exactFields(s, f.Type)
			continue
		}
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := s.Properties[name]
		if p == nil {
			continue
		}
		kind := f.Type.Kind()
		optional := strings.Contains(opts, "omitempty")
		switch {
		case kind == reflect.Slice:
			p.Nullable = false
		case kind == reflect.Pointer && optional:
			p.Nullable = false
		case kind == reflect.Pointer && !p.Nullable:
			s.Properties[name] = nullable(p)
		}
	}
}

func nullable(s *huma.Schema) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{s, {Type: "null"}}}
}

func formNames(forms []form.Form) []any {
	var out []any
	for _, f := range forms {
		out = append(out, f.ID)
	}
	return append(out, "pre2019", "narrative")
}

func tableKeys(forms []form.Form) map[string]bool {
	keys := map[string]bool{}
	for _, f := range forms {
		for _, t := range f.Tables {
			keys[t.Key] = true
		}
	}
	return keys
}

// tableSchema is the schema of a statutory table: as one of the forms has it,
// or null.
func tableSchema(key string, forms []form.Form) *huma.Schema {
	out := &huma.Schema{}
	for i := range forms {
		f := &forms[i]
		t := f.Table(key)
		if t == nil {
			continue
		}
		s := objectSchema()
		s.Description = f.Notice
		for _, c := range t.Cells() {
			addFigure(s, strings.Split(strings.TrimPrefix(c.Path, "/report/"+key+"/"), "/"), c)
		}
		collapse(s, t)
		out.AnyOf = append(out.AnyOf, s)
	}
	out.AnyOf = append(out.AnyOf, &huma.Schema{Type: "null"})
	return out
}

func objectSchema() *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{}, AdditionalProperties: false}
}

// addFigure puts the figure at its place in the tree of objects.
func addFigure(s *huma.Schema, at []string, c form.CellRef) {
	child := s.Properties[at[0]]
	if child == nil {
		child = objectSchema()
		if len(at) == 1 {
			child = &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: strings.TrimPrefix(c.RowLabel+"·"+c.ColumnLabel, "·")}
		}
		s.Properties[at[0]] = child
		s.Required = append(s.Required, at[0])
	}
	if len(at) > 1 {
		addFigure(child, at[1:], c)
	}
}

// collapse allows the groups that some reports print as one row.
func collapse(s *huma.Schema, t *form.Table) {
	for i := range t.Parts {
		p := &t.Parts[i]
		for _, group := range p.Groups() {
			row, ok := p.Collapsed(group)
			if !ok {
				continue
			}
			one := objectSchema()
			for k := range p.Columns {
				c := form.CellRef{RowLabel: row.Name(), ColumnLabel: p.ColumnName(k)}
				addFigure(one, strings.Split(p.Columns[k].Path, "/"), c)
			}
			parent, at := s, strings.Split(group, "/")
			for _, name := range at[:len(at)-1] {
				parent = parent.Properties[name]
			}
			name := at[len(at)-1]
			parent.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{parent.Properties[name], one}}
		}
	}
}

// problems are the error answers of an operation. Stated by hand, because huma
// would add 422 for mistakes that we answer with 400.
func problems(api huma.API, codes ...int) map[string]*huma.Response {
	schema := api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	out := map[string]*huma.Response{}
	for _, c := range append(codes, http.StatusInternalServerError, http.StatusServiceUnavailable) {
		out[strconv.Itoa(c)] = &huma.Response{
			Description: http.StatusText(c),
			Content:     map[string]*huma.MediaType{problemType: {Schema: schema}},
		}
	}
	return out
}
