// Package client talks to a nianbao service about batches, with nothing but the
// standard library.
//
//	c, err := client.New(client.Config{Server: "http://127.0.0.1:8080"})
//	b, err := c.OpenBatch(ctx, "2025 年度", key)  // stays open while files come in
//	err = c.Upload(ctx, b.ID, sources, opt)        // in requests of bounded size
//	b, err = c.CloseBatch(ctx, b.ID)
//	b, err = c.Follow(ctx, b.ID, seen)             // until the end
//
// Files are streamed, never held in memory. Every call that may be repeated is
// repeated where the connection breaks or the service is busy (408, 429, 502,
// 503, 504), a bounded number of times, after the time that Retry-After asks for or a
// growing, jittered pause. Upload asks after each break which files arrived and
// sends the rest, so an upload that was broken off in another process goes on in
// the same way.
//
// Errors: *Problem is what the service answered; *LocalError is a file of ours
// that could not be read or written; all others are the connection's or ctx's.
// A Client is safe for concurrent use.
package client

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Config configures a Client.
type Config struct {
	// Server is the address of the service: http or https, host, perhaps a path.
	// Required.
	Server string
	// Token is sent as a bearer token; empty for a service that runs open.
	Token string
	// HTTP sends the requests; nil means one that waits 2 minutes for the head of
	// an answer. Its Timeout must be 0: uploads and events take long.
	HTTP *http.Client
	// Attempts is how often a call is made before it is given up, with nothing
	// won in between; 0 means 8 (about two minutes).
	Attempts int
	// Idle is how long an event stream may be silent before it is taken for dead;
	// 0 means 90 seconds (the service sends a heartbeat more often).
	Idle time.Duration
	// Waiting is told of each pause before a next attempt, and why; nil means
	// nobody. It is called from several goroutines.
	Waiting func(why error, d time.Duration)
	// Pause waits between attempts; nil means by the clock. Tests give their own.
	Pause func(ctx context.Context, d time.Duration) error
}

// Bounds of the pauses and of what is read of an error's answer.
const (
	firstPause    = 500 * time.Millisecond
	longestPause  = 30 * time.Second
	maxRetryAfter = 5 * time.Minute
	maxProblem    = 64 << 10
)

// Client is a service's address and how to talk to it.
type Client struct {
	cfg  Config
	base *url.URL
}

// New checks the configuration; it does not connect.
func New(cfg Config) (*Client, error) {
	base, err := url.Parse(strings.TrimSuffix(cfg.Server, "/"))
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("client: %q is no address of a service (http://host:port)", cfg.Server)
	}
	if strings.ContainsFunc(cfg.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("client: the token has characters that no token has")
	}
	if cfg.HTTP == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.ResponseHeaderTimeout = 2 * time.Minute
		cfg.HTTP = &http.Client{Transport: transport}
	}
	if cfg.Attempts == 0 {
		cfg.Attempts = 8
	}
	if cfg.Idle == 0 {
		cfg.Idle = 90 * time.Second
	}
	if cfg.Pause == nil {
		cfg.Pause = sleep
	}
	return &Client{cfg: cfg, base: base}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Problem is an error that the service answered (RFC 9457), and what is wrong
// with one file of a batch.
type Problem struct {
	Status int    `json:"status,omitempty"` // of HTTP; 0 for a file's error
	Code   string `json:"code"`             // stable; empty where something else than the service answered
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"` // what to do
	Limit  string `json:"limit,omitempty"`  // name=value of the limit that was exceeded
	// RequestID finds the request in the service's log.
	RequestID string `json:"request_id,omitempty"`

	retryAfter time.Duration
}

func (p *Problem) Error() string {
	s := p.Title
	if p.Detail != "" {
		s += "：" + p.Detail
	}
	if p.Status != 0 {
		s += fmt.Sprintf("（HTTP %d", p.Status)
		if p.RequestID != "" {
			s += "，请求编号 " + p.RequestID
		}
		s += "）"
	}
	return s
}

// LocalError is a file of ours that could not be read or written; trying again
// does not help.
type LocalError struct {
	Path string
	Err  error
}

func (e *LocalError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *LocalError) Unwrap() error { return e.Err }

// AsProblem returns the *Problem in err's chain, or nil.
func AsProblem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

// transient tells whether the same call may succeed a little later.
func transient(err error) bool {
	var local *LocalError
	var certificate *tls.CertificateVerificationError
	switch p := AsProblem(err); {
	case err == nil, errors.Is(err, context.Canceled), errors.As(err, &local), errors.As(err, &certificate):
		return false
	case p != nil:
		switch p.Status {
		case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		}
		return false
	}
	return true
}

// Retry calls f until it succeeds, fails for good or the attempts are used up. f
// must be one that may be repeated.
func (c *Client) Retry(ctx context.Context, f func() error) error {
	for attempt := 1; ; attempt++ {
		err := f()
		if err == nil {
			return nil
		}
		if err := c.again(ctx, attempt, err); err != nil {
			return err
		}
	}
}

// again pauses before the next attempt. It returns err where there is to be none.
func (c *Client) again(ctx context.Context, attempt int, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if attempt >= c.cfg.Attempts || !transient(err) {
		return err
	}
	d := min(firstPause<<min(attempt-1, 10), longestPause)
	d = d/2 + rand.N(d/2+1) // #nosec G404 -- spreads clients, keeps no secret
	if p := AsProblem(err); p != nil {
		d = max(d, min(p.retryAfter, maxRetryAfter))
	}
	if c.cfg.Waiting != nil {
		c.cfg.Waiting(err, d)
	}
	return c.cfg.Pause(ctx, d)
}

// request makes a request to the address of path segments and query.
func (c *Client) request(ctx context.Context, method string, query url.Values, body io.Reader, segments ...string) (*http.Request, error) {
	u := c.base.JoinPath("v1", "batches")
	for _, s := range segments {
		u = u.JoinPath(url.PathEscape(s))
	}
	u.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, err
	}
	if c.cfg.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.cfg.Token)
	}
	return req, nil
}

// send sends a request once. An answer that is no success is a *Problem.
func (c *Client) send(req *http.Request) (*http.Response, error) {
	resp, err := c.cfg.HTTP.Do(req)
	if err != nil {
		return nil, fmt.Errorf("client: %w", err)
	}
	if resp.StatusCode/100 == 2 {
		return resp, nil
	}
	defer func() { _ = resp.Body.Close() }()
	return nil, problemOf(resp)
}

func problemOf(resp *http.Response) *Problem {
	p := &Problem{}
	b, _ := io.ReadAll(io.LimitReader(resp.Body, maxProblem)) // a part of it does no harm
	if json.Unmarshal(b, p) != nil || p.Code == "" {
		*p = Problem{Title: "对方的回答不像本服务的：" + resp.Status}
	}
	p.Status = resp.StatusCode
	after := resp.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(after); err == nil && seconds > 0 {
		p.retryAfter = time.Duration(min(seconds, int(maxRetryAfter/time.Second))) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		p.retryAfter = time.Until(at)
	}
	return p
}

// getJSON makes a call that may be repeated and decodes the answer into out.
func (c *Client) getJSON(ctx context.Context, out any, method string, query url.Values, header http.Header, segments ...string) error {
	return c.Retry(ctx, func() error {
		req, err := c.request(ctx, method, query, nil, segments...)
		if err != nil {
			return err
		}
		for k, v := range header {
			req.Header[k] = v
		}
		resp, err := c.send(req)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if out == nil {
			return nil
		}
		if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
			return fmt.Errorf("client: answer of %s: %w", req.URL.Path, err)
		}
		return nil
	})
}
