package api_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"

	"nianbao/api"
	"nianbao/convert/intake"
)

// discarding takes uploads in without keeping them.
type discarding struct{ *fakeReports }

func (d discarding) Upload(_ context.Context, in intake.Incoming) (intake.Receipt, error) {
	r := in.Body
	if _, err := io.Copy(io.Discard, r); err != nil {
		return intake.Receipt{}, &intake.ReceiveError{Err: err}
	}
	return intake.Receipt{}, intake.ErrClosed
}

// An upload is streamed: neither memory nor a temporary file holds it.
func TestUploadIsStreamed(t *testing.T) {
	const size = 48 << 20
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	s, err := api.New(api.Config{Reports: discarding{newFake()}, Auth: openAuth(t), Batches: noBatches{}, MaxUploadBytes: size, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	const head = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"
	body := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, size), strings.NewReader("\r\n--XX--\r\n"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a := do(t, request(t, http.MethodPost, srv.URL+"/v1/reports", body, "Content-Type", "multipart/form-data; boundary=XX"))
	runtime.ReadMemStats(&after)
	wantProblem(t, a, 503, "unavailable")
	if got := after.TotalAlloc - before.TotalAlloc; got > 4<<20 {
		t.Errorf("%d bytes allocated for an upload of %d", got, size)
	}
	if entries, err := os.ReadDir(tmp); err != nil || len(entries) != 0 {
		t.Errorf("temporary files: %v %v", entries, err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
