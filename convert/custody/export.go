package custody

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"nianbao/convert/custody/bagit"
	"nianbao/convert/intake"
)

// Bag is what a report's files are added to; *bagit.Writer is one.
type Bag interface {
	Add(name string, size int64, r io.Reader) error
}

// Packed is a report as the index of a bag lists it.
type Packed struct {
	ReportID string `json:"report_id"`
	SHA256   string `json:"sha256"`
	Filename string `json:"filename"`
	Path     string `json:"path"` // directory below data/
	Bytes    int64  `json:"bytes"`
}

// indexName is the bag's list of reports, one JSON object a line.
const indexName = "index.ndjson"

// documentSuffix is that of neutral documents, which are not handed over: they
// are large and follow from the original.
const documentSuffix = ".document.json.gz"

// Export adds reports to a bag, each in a directory of its own:
//
//	<file name>_<id>/original.pdf      the bytes as they were received
//	<file name>_<id>/events/….json     its record
//	<file name>_<id>/results/….json    its results by version
//	index.ndjson                       all reports of the bag
//
// Originals are verified while they are read: a damaged one is an error, and there
// is no bag. digests are those of the originals. Errors: intake.ErrNotFound.
func Export(ctx context.Context, a Archive, digests []string, bag Bag) ([]Packed, error) {
	x := &exporter{archive: a, bag: bag}
	var all []Packed
	var index bytes.Buffer
	lines := json.NewEncoder(&index)
	lines.SetEscapeHTML(false)
	for _, d := range digests {
		p, err := x.report(ctx, d)
		if err != nil {
			return nil, fmt.Errorf("custody: exporting %s: %w", d, err)
		}
		if err := lines.Encode(p); err != nil {
			return nil, fmt.Errorf("custody: %w", err)
		}
		all = append(all, p)
	}
	if err := bag.Add(indexName, int64(index.Len()), &index); err != nil {
		return nil, fmt.Errorf("custody: %w", err)
	}
	return all, nil
}

type exporter struct {
	archive Archive
	bag     Bag
}

// report adds one report.
func (x *exporter) report(ctx context.Context, digest string) (p Packed, err error) {
	p = Packed{ReportID: intake.IDOf(digest), SHA256: digest}
	if p.ReportID == "" {
		return p, fmt.Errorf("%q is no SHA-256: %w", digest, intake.ErrNotFound)
	}
	events, err := x.events(ctx, digest)
	if err != nil {
		return p, err
	}
	ext := ""
	for _, e := range events {
		if e.event.Kind == intake.EventReceived {
			p.Filename, ext = e.event.Filename, extension(e.event)
		}
	}
	stem := strings.TrimSuffix(p.Filename, path.Ext(p.Filename))
	p.Path = bagit.SafeName(stem) + "_" + p.ReportID
	if p.Bytes, err = x.original(ctx, digest, p.Path+"/original"+ext); err != nil {
		return p, err
	}
	for _, e := range events {
		if err := x.add(p.Path+"/events/"+path.Base(e.key), e.content); err != nil {
			return p, err
		}
	}
	return p, x.results(ctx, digest, p.Path+"/results/")
}

// extension follows from what the bytes are, and not from what they were called.
func extension(e intake.Event) string {
	switch e.MediaType {
	case "application/pdf":
		return ".pdf"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return ".docx"
	case "application/msword":
		return ".doc"
	case "application/xml": // Word's own
		return ".xml"
	case "application/rtf":
		return ".rtf"
	case "text/html":
		return ".html"
	case "multipart/related":
		return ".mht"
	}
	return ""
}

func (x *exporter) original(ctx context.Context, digest, name string) (size int64, err error) {
	o, err := x.archive.Open(ctx, digest)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	// The last piece of a damaged original is withheld, so the bag is not complete.
	return o.Size(), x.bag.Add(name, o.Size(), o)
}

// kept is an event as it is kept.
type kept struct {
	key     string
	content []byte
	event   intake.Event
}

func (x *exporter) events(ctx context.Context, digest string) (all []kept, err error) {
	for o, err := range x.archive.Objects(ctx, eventsPrefix+digest+"/") {
		if err != nil {
			return nil, err
		}
		e := kept{key: o.Key}
		if e.content, err = x.archive.Get(ctx, o.Key); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(e.content, &e.event); err != nil {
			return nil, fmt.Errorf("%s: %w: %w", o.Key, intake.ErrCorrupt, err)
		}
		all = append(all, e)
	}
	return all, nil
}

func (x *exporter) results(ctx context.Context, digest, below string) error {
	for o, err := range x.archive.Objects(ctx, resultsPrefix+digest+"/") {
		if err != nil {
			return err
		}
		name, ok := strings.CutSuffix(path.Base(o.Key), ".gz")
		if !ok || strings.HasSuffix(o.Key, documentSuffix) {
			continue
		}
		content, err := x.archive.Get(ctx, o.Key)
		if err != nil {
			return err
		}
		var plain bytes.Buffer
		if err := inflateTo(&plain, content); err != nil {
			return fmt.Errorf("%s: %w: %w", o.Key, intake.ErrCorrupt, err)
		}
		if err := x.add(below+name, plain.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func (x *exporter) add(name string, content []byte) error {
	return x.bag.Add(name, int64(len(content)), bytes.NewReader(content))
}
