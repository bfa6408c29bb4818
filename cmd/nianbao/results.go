package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"

	"nianbao/convert"
	"nianbao/convert/export"
	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/reader"
	"nianbao/storage/catalog"
)

// isResults tells whether a file begins as convert prints results and failures.
func isResults(path string) bool {
	f, err := openRegular(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // was only read
	d := json.NewDecoder(io.LimitReader(f, 512))
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') {
		return false
	}
	member, err := d.Token()
	return err == nil && (member == "schema_version" || member == "source")
}

// resultsIn is the results in JSON, one after the other, as convert prints them.
func resultsIn(r io.Reader) iter.Seq2[export.Entry, error] {
	return func(yield func(export.Entry, error) bool) {
		d := json.NewDecoder(r)
		for {
			var line struct {
				*report.Result
				Error *report.Problem `json:"error"`
			}
			err := d.Decode(&line)
			if errors.Is(err, io.EOF) {
				return
			}
			e := export.Entry{Result: line.Result}
			switch {
			case err != nil:
				err = errors.New("不是 nianbao convert 的结果：" + err.Error())
			case line.Result == nil:
				err = errors.New("不是 nianbao convert 的结果：没有 source")
			case line.Error != nil:
				e = export.Entry{Failure: &report.Failure{Source: line.Source, Error: *line.Error}}
			case line.SchemaVersion != report.SchemaVersion:
				err = errors.New("不是 nianbao convert 的结果：schema_version 不是 " + report.SchemaVersion)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// openResults opens what the service has stored, to be exported.
func (c *storeConfig) openResults(ctx context.Context, place localConfig) (a *export.Archived, closeAll func() error, err error) {
	o, closeAll, err := c.openStore(ctx, place)
	if err != nil {
		return nil, nil, err
	}
	return &export.Archived{Reports: o.reports, Reviews: o.reports}, closeAll, nil
}

// opened is what the service has stored.
type opened struct {
	reports *intake.Service
	catalog *catalog.Catalog
}

// openStore opens what the service has stored, to be read beside it.
func (c *storeConfig) openStore(ctx context.Context, place localConfig) (o *opened, closeAll func() error, err error) {
	program, err := storedVersion()
	if err != nil {
		return nil, nil, err
	}
	archive, err := c.openArchive()
	if err != nil {
		return nil, nil, err
	}
	closeAll = archive.Close
	d, err := c.openDatabase(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	closeAll = func() error { return errors.Join(d.Close(), archive.Close()) }
	options := convert.Options{Program: program, Local: place.read}
	known := catalog.New(d, nil) // nothing is queued
	s, err := intake.New(intake.Config{
		Archive: archive, Records: archive, Catalog: known,
		Extractor: unread{}, Sniff: reader.Sniff, Title: convert.Title, Versions: place.read.Versions(options.Program),
		Convert: func(ex *extract.Extraction, src report.Source) *report.Result {
			return convert.Convert(ex, src, options)
		},
		Judge: func(doc *extract.Document, corrections []report.Correction) report.Validation {
			return convert.JudgeAnew(doc, corrections, options)
		},
	})
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	stores := closeAll
	return &opened{s, known}, func() error { return errors.Join(s.Close(context.WithoutCancel(ctx)), stores()) }, nil
}

// unread reads nothing.
type unread struct{}

// Extract implements intake.Extractor.
func (unread) Extract(context.Context, *os.File) (*extract.Extraction, error) {
	return nil, errors.New("nothing is converted here")
}
