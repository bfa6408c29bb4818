package api_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// described validates answers against the OpenAPI document of the server.
type described struct {
	t        *testing.T
	url      string
	compiler *jsonschema.Compiler
}

func openAPI(t *testing.T, url string) *described {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(get(t, url+"/openapi.json").body))
	if err != nil {
		t.Fatal(err)
	}
	if v := doc.(map[string]any)["openapi"]; v != "3.1.0" {
		t.Errorf("OpenAPI version %v", v)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return &described{t, url, c}
}

// schema is the schema that the document gives for an answer.
func (d *described) schema(method, path string, status int, media string) *jsonschema.Schema {
	d.t.Helper()
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace
	s, err := d.compiler.Compile("openapi.json#/paths/" + escape(path) + "/" + strings.ToLower(method) +
		"/responses/" + strconv.Itoa(status) + "/content/" + escape(media) + "/schema")
	if err != nil {
		d.t.Fatalf("%s %s answers %d with %s, which OpenAPI does not describe: %v", method, path, status, media, err)
	}
	return s
}

func (d *described) check(method, path string, a answer) {
	d.t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.body))
	if err != nil {
		d.t.Fatalf("%s %s: %v", method, path, err)
	}
	if err := d.schema(method, path, a.StatusCode, a.Header.Get("Content-Type")).Validate(value); err != nil {
		d.t.Errorf("%s %s %d: %v", method, path, a.StatusCode, err)
	}
}

func TestOpenAPIDescribesTheAnswers(t *testing.T) {
	f := newFake()
	srv, _ := newServer(t, f)
	d := openAPI(t, srv.URL)
	made := post(t, srv.URL, "年报.pdf", "%PDF")
	place := made.Header.Get("Location")
	d.check("POST", "/v1/reports", made)
	d.check("POST", "/v1/reports", post(t, srv.URL, "年报.pdf", "%PDF"))
	for content, status := range map[string]int{
		"text": 415, "locked": 422, "slow": 504, "crash": 500, "%PDF" + strings.Repeat("x", testLimit): 413,
	} {
		a := post(t, srv.URL, "a", content)
		if a.StatusCode != status {
			t.Errorf("%.8s: %d", content, a.StatusCode)
		}
		d.check("POST", "/v1/reports", a)
	}
	d.check("POST", "/v1/reports", do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", strings.NewReader("--X--"), "Content-Type", "multipart/form-data; boundary=X")))
	d.check("GET", "/v1/reports", get(t, srv.URL+"/v1/reports"))
	d.check("GET", "/v1/reports", get(t, srv.URL+"/v1/reports?limit=0"))
	d.check("GET", "/v1/reports/{id}", get(t, srv.URL+place))
	d.check("GET", "/v1/reports/{id}", get(t, srv.URL+place+"?include=document"))
	d.check("GET", "/v1/reports/{id}", get(t, srv.URL+place+"?include=x"))
	d.check("GET", "/v1/reports/{id}", get(t, srv.URL+"/v1/reports/none"))
	for _, row := range f.rows {
		d.check("GET", "/v1/reports/{id}", get(t, srv.URL+"/v1/reports/"+row.ID))
	}
	d.check("GET", "/v1/reports/{id}/original", get(t, srv.URL+"/v1/reports/none/original"))
	d.check("DELETE", "/v1/reports/{id}", do(t, request(t, http.MethodDelete, srv.URL+"/v1/reports/none", nil)))
	for _, path := range []string{"/v1/rules", "/v1/forms", "/livez", "/readyz"} {
		d.check("GET", path, get(t, srv.URL+path))
	}
}

// A description that accepts anything describes nothing: wrong answers must not
// fit.
func TestOpenAPIIsExact(t *testing.T) {
	srv, _ := newServer(t, newFake())
	d := openAPI(t, srv.URL)
	made := post(t, srv.URL, "年报.pdf", "%PDF")
	schema := d.schema("POST", "/v1/reports", 201, "application/json")
	for name, edit := range map[string][2]string{
		"figure as text":   {`"in_force":6`, `"in_force":"6"`},
		"unknown form":     {`"form":"2021"`, `"form":"2035"`},
		"lost figure":      {`"in_force":6`, `"in_forces":6`},
		"findings null":    {`"findings":[`, `"findings":null,"x":[`},
		"date as a moment": {`"signed_on":"2024-01-18"`, `"signed_on":"2024-01-18T00:00:00Z"`},
	} {
		wrong := bytes.Replace(made.body, []byte(edit[0]), []byte(edit[1]), 1)
		if bytes.Equal(wrong, made.body) {
			t.Fatalf("%s: nothing to edit", name)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(wrong))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(value) == nil {
			t.Errorf("%s: fits the description", name)
		}
	}
}

func TestOpenAPIDescribesTheUpload(t *testing.T) {
	srv, _ := newServer(t, newFake())
	doc := string(get(t, srv.URL+"/openapi.json").body)
	for _, want := range []string{`"multipart/form-data":{`, `"format":"binary"`, `"operationId":"get-original"`} {
		if !strings.Contains(doc, want) {
			t.Errorf("OpenAPI lacks %s", want)
		}
	}
	if strings.Contains(doc, `"servers"`) {
		t.Error("OpenAPI names a host")
	}
}
