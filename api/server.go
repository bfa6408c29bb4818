package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"nianbao/api/auth"
	"nianbao/api/telemetry"
	"nianbao/api/web"
	"nianbao/convert/form"
	"nianbao/convert/history"
	"nianbao/convert/intake"
	problemlist "nianbao/convert/problems"
	"nianbao/convert/report"
	"nianbao/convert/rules"
	"nianbao/convert/wordform"
)

// DefaultMaxUpload is the default cap on one uploaded file, in bytes: a report
// has 0.1 to 20 MB, with scanned pages perhaps 40.
const DefaultMaxUpload = 64 << 20

// Config configures a Server.
type Config struct {
	// Reports is the use case behind the interface. Required.
	Reports intake.Reports
	// Auth tells who may. Required.
	Auth *auth.Authority
	// Hosts are the names the service answers to; zero: loopback names only.
	Hosts auth.Hosts
	// StallTime bounds how long a client's body may stand still; 0 means one
	// minute.
	StallTime time.Duration
	// Batches are the batches behind the interface. Required.
	Batches intake.Batching
	// Bodies is the list of bodies, and Attaching what people say of a report's.
	// Both or none: then their addresses are not there.
	Bodies    Bodies
	Attaching Attaching
	// Reviews are people's reviews of reports; nil: their addresses are not there.
	Reviews intake.Reviewing
	// Pictures draws pages of PDF originals; nil where nothing can be drawn: then
	// their address is not there, and report pages show none.
	Pictures Pictures
	// NoChineseFonts: pictures lack Chinese text whose fonts are not embedded.
	NoChineseFonts bool
	// Overviews is a year at a glance; nil means that there is none: / then leads to
	// the list of reports.
	Overviews Overviews
	// Comparing puts reports beside one another; nil, or without Overviews: the pages
	// of comparisons are not there.
	Comparing intake.Comparing
	// Rules is the rule catalogue, in its order; nil means rules.Catalogue() and
	// behind it history.Catalogue().
	Rules []rules.Rule
	// Forms are the statutory forms, the newest first; nil means form.All().
	Forms []form.Form
	// Templates are the office's own templates of Word files by form, "" for all others.
	Templates map[string]*wordform.Template
	// Versions are those of program, forms and rules.
	Versions report.Versions
	// MaxUploadBytes caps one uploaded file; 0 means DefaultMaxUpload.
	MaxUploadBytes int64
	// MaxZipBytes caps a zip of files in a batch; 0 means
	// intake.DefaultMaxZipBytes.
	MaxZipBytes int64
	// MaxBatchBytes caps the body of a batch; 0 means DefaultMaxBatch.
	MaxBatchBytes int64
	// About is what the pages 设置 and 关于 show; its fields may be empty.
	About web.About
	// Location is the time zone of times on pages; nil means China's.
	Location *time.Location
	// Logger gets the access log and errors, each line with its request's id; nil
	// means slog.Default().
	Logger *slog.Logger
	// Observer is told of each request; nil means nobody is.
	Observer Observer
	// Metrics answers /metrics; nil means that there are none.
	Metrics http.Handler
}

// Observer is told of requests. It is safe for concurrent use.
type Observer interface {
	// Request tells that a request has come. It is answered in the context that is
	// returned; done is called once afterwards, with the pattern of the address
	// ("" where there is none) and the status (0 where no answer was begun).
	Request(r *http.Request) (in context.Context, done func(route string, status int))
}

// unobserved is the Observer of a server that nobody watches.
type unobserved struct{}

func (unobserved) Request(r *http.Request) (context.Context, func(string, int)) {
	return r.Context(), func(string, int) {}
}

// Server is the HTTP interface. It is safe for concurrent use.
type Server struct {
	cfg     Config
	sight   *scoped
	actions map[string]auth.Action
	foreign *http.CrossOriginProtection
	log     *slog.Logger
	pages   *web.Pages
	rules   []web.Rule
	openapi []byte
	engine  *gin.Engine
	lists   *problemlist.Collector
	handler http.Handler
	exports chan struct{} // has a place for each export under way
	rolls   *rollUps      // nil where there is no overview
	drained chan struct{} // closed by Drain
	once    sync.Once
}

// New builds the interface. Timeouts of the connection (ReadHeaderTimeout,
// IdleTimeout) are the caller's http.Server's; a ReadTimeout there does not
// bound uploads, which have a deadline of their own.
func New(cfg Config) (*Server, error) {
	if cfg.Reports == nil {
		return nil, errors.New("api: Config.Reports is missing")
	}
	if cfg.Auth == nil {
		return nil, errors.New("api: Config.Auth is missing")
	}
	if cfg.Batches == nil {
		return nil, errors.New("api: Config.Batches is missing")
	}
	if (cfg.Bodies == nil) != (cfg.Attaching == nil) {
		return nil, errors.New("api: one of Config.Bodies and Config.Attaching is missing")
	}
	if cfg.MaxUploadBytes < 0 || cfg.MaxZipBytes < 0 || cfg.MaxBatchBytes < 0 || cfg.StallTime < 0 {
		return nil, errors.New("api: a limit of Config is negative")
	}
	if cfg.StallTime == 0 {
		cfg.StallTime = stallTime
	}
	if cfg.MaxUploadBytes == 0 {
		cfg.MaxUploadBytes = DefaultMaxUpload
	}
	cfg.MaxZipBytes = cmp.Or(cfg.MaxZipBytes, intake.DefaultMaxZipBytes)
	cfg.MaxBatchBytes = cmp.Or(cfg.MaxBatchBytes, DefaultMaxBatch)
	if cfg.Forms == nil {
		cfg.Forms = form.All()
	}
	if cfg.Rules == nil {
		cfg.Rules = slices.Concat(rules.Catalogue(), history.Catalogue())
	}
	cfg.Versions.Forms = cmp.Or(cfg.Versions.Forms, form.Version)
	cfg.Versions.Rules = cmp.Or(cfg.Versions.Rules, rules.Version)
	if cfg.Location == nil {
		cfg.Location = time.FixedZone("CST", 8*60*60) // no daylight saving time since 1991; needs no zone data
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	cfg.Batches = &scopedBatches{batches: cfg.Batches}
	if cfg.Metrics == nil {
		cfg.Metrics = http.NotFoundHandler()
	}
	if cfg.Observer == nil {
		cfg.Observer = unobserved{}
	}
	sight := &scoped{reports: cfg.Reports, who: cfg.Auth}
	cfg.Reports = sight // nobody here gets past it
	if cfg.Overviews != nil {
		cfg.Overviews = &scopedOverviews{overviews: cfg.Overviews}
	}
	if cfg.Comparing != nil {
		cfg.Comparing = &scopedComparing{comparing: cfg.Comparing, reports: sight}
	}
	if cfg.Reviews != nil {
		cfg.Reviews = &scopedReviews{reviews: cfg.Reviews, reports: sight}
	}
	s := &Server{cfg: cfg, sight: sight, log: slog.New(telemetry.LogHandler(cfg.Logger.Handler())), rules: viewRules(cfg.Rules),
		actions: routeActions(), foreign: http.NewCrossOriginProtection(), exports: make(chan struct{}, maxExports), drained: make(chan struct{})}
	s.rolls = s.newRollUps()
	var err error
	s.lists = collector(&s.cfg)
	if s.pages, err = web.New(s.pagesConfig()); err != nil {
		return nil, err
	}
	return s, s.build()
}

// collector makes lists of problems of what the interface serves.
func collector(cfg *Config) *problemlist.Collector {
	c := &problemlist.Collector{Years: cfg.Overviews, Results: cfg.Reports, Forms: cfg.Forms}
	if cfg.Reviews != nil {
		c.Reviews = cfg.Reviews
	}
	return c
}

// pagesConfig is what the pages are made of.
func (s *Server) pagesConfig() web.Config {
	cfg := s.cfg
	pages := web.Config{
		Reports: cfg.Reports, Reviews: cfg.Reviews, Batches: cfg.Batches, Bodies: cfg.Bodies, Rules: s.rules, Forms: cfg.Forms, Versions: cfg.Versions,
		Action: s.pageAction, About: cfg.About, MaxUploadBytes: cfg.MaxUploadBytes, MaxZipBytes: cfg.MaxZipBytes, Location: cfg.Location,
		Pictures: cfg.Pictures != nil, NoChineseFonts: cfg.NoChineseFonts,
	}
	if cfg.Overviews != nil {
		pages.Overviews, pages.Problems, pages.RollUps = cfg.Overviews, s.lists, s.rolls
	}
	pages.Comparisons, pages.Sharing = s.comparisons()
	return pages
}

// Handler answers all requests.
func (s *Server) Handler() http.Handler { return s.handler }

// Drain makes /readyz answer that the service is going, so that nobody sends it
// more; everything else is answered as before.
func (s *Server) Drain() { s.once.Do(func() { close(s.drained) }) }

// build registers every address. OpenAPI is fixed here, once.
func (s *Server) build() error {
	engine := newEngine(s)
	config := openAPIConfig(s.cfg)
	api := humagin.New(engine, config)
	api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) { next(&statusContext{humaContext: ctx}) })
	s.registerReports(api)
	s.registerOriginal(api)
	s.registerPictures(api)
	s.registerExports(api)
	s.registerAggregate(api)
	s.registerBatches(api)
	s.registerBodies(api)
	s.registerReviews(api)
	s.registerOverview(api)
	s.registerProblemLists(api)
	s.registerCatalogue(api)
	s.registerTokens(api)
	s.registerHealth(api)
	s.describeAccess(api.OpenAPI())
	finishSchemas(api.OpenAPI(), s.cfg.Forms)
	var err error
	if s.openapi, err = json.Marshal(api.OpenAPI()); err != nil {
		return err
	}
	s.openapi = bytes.TrimSpace(s.openapi)
	s.registerPages(engine)
	if err := s.registerDocs(engine); err != nil {
		return err
	}
	engine.GET("/metrics", gin.WrapH(s.cfg.Metrics))
	s.engine, s.handler = engine, s.wrap(engine)
	return nil
}

// newEngine makes a bare gin router: no logger or recovery of its own, unknown
// addresses and methods answered like other errors.
func newEngine(s *Server) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.ContextWithFallback = true
	e.Use(func(c *gin.Context) { infoOf(c.Request.Context()).route = c.FullPath() }, s.guard)
	e.NoRoute(func(c *gin.Context) {
		s.fail(c.Writer, c.Request, problem(codeNotFound, "没有这个地址。请核对地址，或回到首页（/）；接口说明在 /docs。"))
	})
	e.NoMethod(func(c *gin.Context) {
		s.fail(c.Writer, c.Request, problem(codeMethod, ""))
	})
	return e
}

// statusContext lets a transformer set the status of an answer: huma reports
// mistakes in parameters with 422, our interface with 400.
type statusContext struct {
	humaContext
	force int
}

type humaContext = huma.Context // embedded, it must not hide its method Context

// Unwrap serves humagin.Unwrap.
func (c *statusContext) Unwrap() huma.Context { return c.humaContext }

func (c *statusContext) SetStatus(code int) {
	if c.force != 0 {
		code = c.force
	}
	c.humaContext.SetStatus(code)
}

// completeProblem is a huma.Transformer: it turns huma's errors into ours and
// adds the request id.
func completeProblem(ctx huma.Context, _ string, v any) (any, error) {
	var p Problem
	switch e := v.(type) {
	case *huma.ErrorModel:
		p = *fromHuma(e)
		if c, ok := ctx.(*statusContext); ok {
			c.force = p.Status
		}
	case *Problem:
		p = *e
	default:
		return v, nil
	}
	info := infoOf(ctx.Context())
	p.RequestID = info.id
	if p.cause != nil {
		info.err = p.cause
	}
	return &p, nil
}

// writeProblem answers outside of huma.
func writeProblem(w http.ResponseWriter, p *Problem) {
	b, err := json.Marshal(p)
	if err != nil {
		http.Error(w, p.Title, p.Status)
		return
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(b, '\n'))
}

// page is the problem as the error page shows it.
func (p *Problem) page() web.Failure {
	return web.Failure{Status: p.Status, Title: p.Title, Detail: p.Detail, Limit: p.Limit, RequestID: p.RequestID}
}
