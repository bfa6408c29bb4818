package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"nianbao/convert/history"
	"nianbao/convert/report"
	"nianbao/extract"
)

const (
	resultsPrefix  = "results/"
	resultSuffix   = ".json.gz"
	documentSuffix = ".document.json.gz"
	// maxResultKey keeps the versions' part of a key below the 255 bytes of file
	// systems.
	maxResultKey = 240
	// maxInflated bounds what a stored result may expand to; larger ones are
	// refused when they are stored.
	maxInflated = 1 << 30
)

// resultKey is where the result of these versions is kept. Versions are written
// with everything but letters, digits, "." and "-" as "_" and two hex digits, so
// that different versions never share a key.
func resultKey(sha256 string, v report.Versions, suffix string) string {
	return resultsPrefix + sha256 + "/" + escape(v.Program) + "~" + escape(v.Forms) + "~" + escape(v.Rules) + suffix
}

func escape(version string) string {
	var b strings.Builder
	for i, c := range []byte(version) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if letter || c == '-' || c == '.' && i > 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}

// storeResult keeps the result and the neutral document beside it, without what
// does not follow from the bytes: id and file name. What is there already and
// sound stands, and is what is returned: stored results never change.
func (s *Service) storeResult(ctx context.Context, sha256 string, res *report.Result, doc *extract.Document) (*report.Result, error) {
	pure := *res
	pure.ID, pure.Source.Filename, pure.Document = "", "", nil
	// The document goes first: where there is a result there is a document.
	if _, err := s.store(ctx, resultKey(sha256, res.Versions, documentSuffix), doc, new(extract.Document)); err != nil {
		return nil, err
	}
	there := new(report.Result)
	stands, err := s.store(ctx, resultKey(sha256, res.Versions, resultSuffix), &pure, there)
	if err != nil || !stands {
		return &pure, err
	}
	return there, nil
}

// store puts a record, or replaces one that cannot be read. Where another one
// stands it is read into there.
func (s *Service) store(ctx context.Context, key string, value, there any) (stands bool, err error) {
	content, err := s.pack(value)
	if err != nil { // it would be so each time
		return false, ourFault{fmt.Errorf("intake: packing %s: %w", key, err)}
	}
	err = s.cfg.Records.Put(ctx, key, content)
	if errors.Is(err, ErrExists) {
		err = s.load(ctx, key, there)
		switch {
		case err == nil:
			s.cfg.Log.WarnContext(ctx, "the same versions gave another result; the first stands", "key", key)
			return true, nil
		case errors.Is(err, ErrCorrupt):
			s.cfg.Log.WarnContext(ctx, "a damaged record is replaced", "key", key, "error", err)
			err = s.cfg.Records.Replace(ctx, key, content)
		}
	}
	if err != nil {
		return false, fmt.Errorf("intake: storing %s: %w", key, err)
	}
	return false, nil
}

func (s *Service) loadResult(ctx context.Context, sha256 string, v report.Versions) (*report.Result, error) {
	res := new(report.Result)
	return res, s.load(ctx, resultKey(sha256, v, resultSuffix), res)
}

func (s *Service) loadDocument(ctx context.Context, sha256 string, v report.Versions) (*extract.Document, error) {
	doc := new(extract.Document)
	return doc, s.load(ctx, resultKey(sha256, v, documentSuffix), doc)
}

// load reads a compressed record. Errors: ErrNotFound, ErrCorrupt.
func (s *Service) load(ctx context.Context, key string, value any) error {
	content, err := s.cfg.Records.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("intake: reading %s: %w", key, err)
	}
	if err := unpack(content, value); err != nil {
		return fmt.Errorf("intake: reading %s: %w: %w", key, ErrCorrupt, err)
	}
	return nil
}

// isLost tells an object that is not there or damaged from a store that does
// not answer.
func isLost(err error) bool { return isNotFound(err) || errors.Is(err, ErrCorrupt) }

// pack is compressed JSON; gzip's checksum tells damage later. A compressor
// takes 0.8 MB and is used again.
func (s *Service) pack(value any) ([]byte, error) {
	plain, err := report.Marshal(value)
	if err != nil {
		return nil, err
	}
	if len(plain) > maxInflated {
		return nil, fmt.Errorf("%d bytes are more than %d", len(plain), maxInflated)
	}
	var b bytes.Buffer
	z, ok := s.zippers.Get().(*gzip.Writer)
	if !ok {
		z = new(gzip.Writer)
	}
	defer s.zippers.Put(z)
	z.Reset(&b)
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// loadPlain reads a compressed record as it was packed. Errors: ErrNotFound, ErrCorrupt.
func (s *Service) loadPlain(ctx context.Context, key string) ([]byte, error) {
	content, err := s.cfg.Records.Get(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("intake: reading %s: %w", key, err)
	}
	plain, err := inflate(content)
	if err != nil {
		return nil, fmt.Errorf("intake: reading %s: %w: %w", key, ErrCorrupt, err)
	}
	return plain, nil
}

func inflate(content []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxInflated))
}

func unpack(content []byte, value any) error {
	plain, err := inflate(content)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber() // amounts in findings keep their printed digits
	return d.Decode(value)
}

// summarize is the row of a report with this result.
func summarize(row Row, res *report.Result) Row {
	row.State, row.Problem = StateDone, nil
	row.MediaType = res.Source.MediaType
	row.Title, row.Agency, row.Year, row.Form = res.Report.Title, res.Report.Agency, res.Report.Year, res.Report.Form
	v := res.Validation
	row.Status, row.Errors, row.Warnings, row.Infos = v.Status, v.Errors, v.Warnings, v.Infos
	row.Versions = res.Versions
	row.Hits = nil
	for _, f := range v.Findings {
		i := slices.IndexFunc(row.Hits, func(h Hit) bool { return h.Rule == f.Rule && h.Severity == f.Severity })
		if i < 0 {
			row.Hits = append(row.Hits, Hit{Rule: f.Rule, Severity: f.Severity, Count: 1})
		} else {
			row.Hits[i].Count++
		}
	}
	row.Text = textOf(&res.Report)
	row.Sketch = history.Sketch(&res.Report)
	return row
}

// textOf is what search finds a report by: the chapters' headings and paragraphs,
// up to MaxText.
func textOf(r *report.Report) string {
	var b strings.Builder
	for _, s := range r.Sections {
		for _, part := range []string{s.Title, s.Text} {
			if room := MaxText - b.Len() - 1; len(part) > room {
				b.WriteString(strings.ToValidUTF8(part[:max(0, room)], ""))
				return b.String()
			}
			b.WriteString(part)
			b.WriteByte('\n')
		}
	}
	return b.String()
}
