package api

import "nianbao/api/auth"

// routeActions says what each address is about, by method and the router's
// pattern. An address that is not here is forbidden to everybody, and a test
// fails: nobody adds one without deciding who may.
func routeActions() map[string]auth.Action {
	return map[string]auth.Action{
		"GET /v1/reports":                 auth.ReadReport,
		"POST /v1/reports":                auth.Upload,
		"GET /v1/reports/:id":             auth.ReadReport,
		"DELETE /v1/reports/:id":          auth.DeleteReport,
		"GET /v1/reports/:id/original":    auth.ReadOriginal,
		"GET /v1/reports/:id/pages/:n":    auth.ReadOriginal,
		"GET /v1/reports/:id/export":      auth.ReadReport,
		"GET /v1/export":                  auth.ReadReport,
		"GET /v1/reports/:id/problems":    auth.ReadReport,
		"GET /v1/problems":                auth.ReadReport,
		"POST /v1/batches":                auth.Upload,
		"GET /v1/batches":                 auth.ReadReport,
		"GET /v1/batches/:id":             auth.ReadReport,
		"DELETE /v1/batches/:id":          auth.Upload,
		"POST /v1/batches/:id/files":      auth.Upload,
		"POST /v1/batches/:id/close":      auth.Upload,
		"POST /v1/batches/:id/retry":      auth.Upload,
		"GET /v1/batches/:id/events":      auth.ReadReport,
		"GET /v1/batches/:id/results":     auth.ReadReport,
		"GET /v1/bodies":                  auth.ReadBodies,
		"PUT /v1/bodies":                  auth.WriteBodies,
		"GET /v1/bodies/:id/reports":      auth.ReadReport,
		"PUT /v1/reports/:id/body":        auth.WriteBodies,
		"DELETE /v1/reports/:id/body":     auth.WriteBodies,
		"PUT /v1/reports/:id/in-force":    auth.WriteBodies,
		"DELETE /v1/reports/:id/in-force": auth.WriteBodies,
		"GET /v1/rules":                   auth.Visit,
		"GET /v1/forms":                   auth.Visit,
		"GET /v1/tokens":                  auth.ReadTokens,
		"POST /v1/tokens":                 auth.CreateToken,
		"DELETE /v1/tokens/:id":           auth.RevokeToken,
		"GET /v1/audit":                   auth.ReadAudit,

		"GET /v1/reports/:id/review":                      auth.ReadReport,
		"PUT /v1/reports/:id/review/findings/:finding":    auth.ReviewReport,
		"DELETE /v1/reports/:id/review/findings/:finding": auth.ReviewReport,
		"PUT /v1/reports/:id/review/values":               auth.ReviewReport,
		"DELETE /v1/reports/:id/review/values":            auth.ReviewReport,
		"PUT /v1/reports/:id/review/mark":                 auth.ReviewReport,
		"DELETE /v1/reports/:id/review/mark":              auth.ReviewReport,
		"GET /v1/reports/:id/compare/:other":              auth.ReadReport,
		"POST /reports/:id/review":                        auth.ReviewReport,
		"GET /reports/:id/compare/:other":                 auth.ReadReport,

		"GET /v1/overview":         auth.ReadReport,
		"GET /v1/aggregate":        auth.ReadReport,
		"GET /v1/aggregate/cell":   auth.ReadReport,
		"GET /v1/aggregate/export": auth.ReadReport,

		"GET /":                    auth.ReadReport,
		"GET /compare":             auth.ReadReport,
		"GET /agencies":            auth.ReadReport,
		"GET /bodies/:id":          auth.ReadReport,
		"GET /reports/:id/similar": auth.ReadReport,
		"GET /problems":            auth.ReadReport,
		"GET /aggregate":           auth.ReadReport,
		"GET /aggregate/cell":      auth.ReadReport,
		"GET /problems.csv":        auth.ReadReport,
		"GET /rules":               auth.Visit,
		"GET /reports":             auth.ReadReport,
		"GET /reports/:id":         auth.ReadReport,
		"POST /reports/:id/body":   auth.WriteBodies,
		"GET /upload":              auth.Upload,
		"POST /upload":             auth.Upload,
		"GET /batches":             auth.ReadReport,
		"GET /batches/:id":         auth.ReadReport,
		"POST /batches/:id/cancel": auth.Upload,
		"POST /batches/:id/retry":  auth.Upload,
		"GET /bodies":              auth.ReadBodies,
		"GET /bodies.csv":          auth.ReadBodies,
		"GET /bodies/propose":      auth.WriteBodies,
		"GET /bodies/edit":         auth.WriteBodies,
		"POST /bodies":             auth.WriteBodies,
		"POST /bodies/check":       auth.WriteBodies,
		"POST /bodies/edit":        auth.WriteBodies,

		"GET /tokens":             auth.ReadTokens,
		"POST /tokens":            auth.CreateToken,
		"GET /tokens/:id/revoke":  auth.RevokeToken,
		"POST /tokens/:id/revoke": auth.RevokeToken,
		"GET /audit":              auth.ReadAudit,
		"GET /settings":           auth.ReadSettings,
		"GET /about":              auth.Visit,
		"GET /about/licences":     auth.Visit,

		"GET /login":   auth.Public,
		"POST /login":  auth.Public,
		"POST /logout": auth.Visit,

		// The same for every installation: nothing of this one is in them.
		"GET /assets/*name": auth.Public,
		"GET /openapi.json": auth.Public,
		"GET /docs":         auth.Public,
		"GET /docs/*asset":  auth.Public,

		"GET /livez":   auth.Public,
		"GET /readyz":  auth.Public,
		"GET /metrics": auth.ReadMetrics,
	}
}

// pageAction is what the page at a path is about.
func (s *Server) pageAction(path string) (auth.Action, bool) {
	a, known := s.actions["GET "+path]
	return a, known
}
