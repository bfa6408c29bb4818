package api

import (
	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
)

// RouteActions is the table of routes.
func RouteActions() map[string]auth.Action { return routeActions() }

// Routes are the registered addresses, as the table of routes names them.
func (s *Server) Routes() []string {
	var out []string
	for _, r := range s.engine.Routes() {
		out = append(out, r.Method+" "+r.Path)
	}
	return out
}

// AddUnlisted registers an address that the table of routes does not have.
func (s *Server) AddUnlisted(path string) {
	s.engine.GET(path, func(c *gin.Context) { c.String(200, "reached") })
}
