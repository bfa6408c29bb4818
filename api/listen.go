package api

import (
	"log/slog"
	"net/http"
	"time"
)

const (
	// headerTime bounds the arrival of a request's head, idleTime a connection
	// without a request.
	headerTime = 10 * time.Second
	idleTime   = 2 * time.Minute
	// maxHeader caps a request's head, in bytes; net/http allows 4 KiB more.
	maxHeader = 32 << 10
)

// HTTPServer is an http.Server for the handler with the limits that keep slow
// and large heads out. Bodies have limits of their own, so there is neither a
// ReadTimeout nor a WriteTimeout: an upload may take its time.
func HTTPServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
