// Package sheet reads lists of bodies from files of any format: spreadsheets
// (.xlsx), CSV, plain text and JSON, told apart by their content.
package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/bodies"
)

const (
	// maxUnpacked bounds what a spreadsheet may unpack to, in bytes, and maxPart a
	// part of it that is held in memory.
	maxUnpacked = 64 << 20
	maxPart     = 32 << 20
	// maxRows bounds the rows that are gone through, blank ones included.
	maxRows = 200_000
)

// Parse reads a list. The error is bodies.Mistakes.
func Parse(content []byte) ([]bodies.Entry, error) {
	if len(content) > bodies.MaxTableBytes {
		return nil, mistake(fmt.Sprintf("名单文件超过上限 %d MB。", bodies.MaxTableBytes>>20))
	}
	switch trimmed := bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\ufeff")), " \r\n\t"); {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return parseXLSX(content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return nil, mistake("这是旧的 .xls 或加密的表格：请另存为 .xlsx 或 CSV，去掉打开密码。")
	case bytes.HasPrefix(trimmed, []byte("{")), bytes.HasPrefix(trimmed, []byte("[")):
		return parseJSON(trimmed)
	}
	return bodies.ReadText(content)
}

func mistake(message string) bodies.Mistakes {
	return bodies.Mistakes{{Index: -1, Message: message}}
}

// parseJSON reads a list of bodies, bare or as the member "bodies".
func parseJSON(content []byte) ([]bodies.Entry, error) {
	var list struct {
		Version int64         `json:"version"` // as GET gave it; what counts is If-Match
		Bodies  []bodies.Body `json:"bodies"`
	}
	var to any = &list
	if content[0] == '[' {
		to = &list.Bodies
	}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return nil, mistake("名单的 JSON 有误：" + err.Error() + "。")
	}
	if d.More() {
		return nil, mistake("名单的 JSON 之后还有别的内容。")
	}
	entries := make([]bodies.Entry, len(list.Bodies))
	for i, b := range list.Bodies {
		entries[i].Body = b
	}
	return entries, nil
}

// parseXLSX reads the first sheet that is shown.
func parseXLSX(content []byte) (entries []bodies.Entry, err error) {
	defer func() {
		// The file is a stranger's, and the library not made for such.
		if p := recover(); p != nil {
			entries, err = nil, mistake("表格已损坏，不能读取：请重新另存为 .xlsx。")
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return nil, mistake("表格不能读取：它已损坏、有密码或展开后过大。请重新另存为 .xlsx。")
	}
	rows, err := readRows(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, mistake("表格不能读取：" + err.Error() + "。")
	}
	return bodies.ReadRows(rows)
}

func readRows(f *excelize.File) (out []bodies.Row, err error) {
	name := ""
	for _, s := range f.GetSheetList() {
		if shown, err := f.GetSheetVisible(s); err == nil && shown {
			name = s
			break
		}
	}
	if name == "" {
		return nil, errors.New("没有工作表")
	}
	rows, err := f.Rows(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for line := 1; rows.Next(); line++ {
		if line > maxRows || len(out) > bodies.MaxBodies+1 {
			return nil, fmt.Errorf("工作表超过 %d 行", bodies.MaxBodies)
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		if len(cells) > 0 {
			out = append(out, bodies.Row{Line: line, Cells: cells})
		}
	}
	return out, rows.Error()
}
