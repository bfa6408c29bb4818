package api

import (
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"nianbao/api/auth"
)

// describeAccess adds to the description what holds for every operation that
// needs an identity: how to prove it, and the refusals.
func (s *Server) describeAccess(o *huma.OpenAPI) {
	o.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "nianbao token create"},
		"session": {Type: "apiKey", In: "cookie", Name: auth.CookieName, Description: "/login"},
	}
	schema := o.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	pattern := strings.NewReplacer("{", ":", "}", "")
	for path, item := range o.Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
		} {
			if op == nil || auth.IsPublic(s.actions[method+" "+pattern.Replace(path)]) {
				continue
			}
			op.Security = []map[string][]string{{"token": {}}, {"session": {}}}
			for _, code := range []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests} {
				if op.Responses[strconv.Itoa(code)] == nil {
					op.Responses[strconv.Itoa(code)] = &huma.Response{
						Description: http.StatusText(code),
						Content:     map[string]*huma.MediaType{problemType: {Schema: schema}},
					}
				}
			}
		}
	}
}
