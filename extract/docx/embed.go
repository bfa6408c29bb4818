package docx

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"nianbao/extract"
	"nianbao/extract/flow"
)

// What other parts hold — notes, charts, diagrams, embedded documents — is marked
// while a story is read and put in its place afterwards: parts share one lexer,
// so none can be read within another.

// embedKind is what an embedded part is.
type embedKind uint8

const (
	embedNote embedKind = iota
	embedChart
	embedDiagram
	embedChunk
)

// embedded stands in the place of what another part holds.
type embedded struct {
	kind embedKind
	part string // whose relationships id belongs to
	id   string
	// place is the position of the anchor; of a note the name of its element.
	place *string
}

func (s *story) embedded(kind embedKind, id string, place *string) flow.Item {
	return flow.Item{Aside: kind == embedNote, Later: &embedded{kind: kind, part: s.part, id: id, place: place}}
}

// aside marks what notes hold.
func aside(items []flow.Item) []flow.Item {
	for i := range items {
		items[i].Aside = true
	}
	return items
}

// Bounds of embedded documents.
const (
	maxNested     = 3        // documents within documents
	maxChunkBytes = 32 << 20 // of one, which is held whole
)

// resolve puts in what the items stand for.
func (d *reading) resolve(items []flow.Item) ([]flow.Item, error) {
	if !slices.ContainsFunc(items, func(it flow.Item) bool { return it.Later != nil }) {
		return items, nil // the usual case: no second list of a long document
	}
	out := make([]flow.Item, 0, len(items))
	for _, it := range items {
		e, ok := it.Later.(*embedded)
		if !ok {
			out = append(out, it)
			continue
		}
		found, err := d.expand(e)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (d *reading) expand(e *embedded) ([]flow.Item, error) {
	switch e.kind {
	case embedNote:
		// Each note has one mark that counts, and notes cannot hold notes: this ends.
		return d.resolve(d.noted[*e.place][e.id])
	case embedChart:
		return d.drawnText(e, extract.RoleChart, readChart)
	case embedDiagram:
		return d.drawnText(e, extract.RoleDiagram, readDiagram)
	}
	return d.chunk(e)
}

// target is the part that an embedded item names, "" where there is none.
func (d *reading) target(e *embedded) (string, error) {
	byID, known := d.related[e.part]
	if !known {
		rels, _, err := d.pkg.relationships(e.part)
		if err != nil {
			if err = d.pkg.optional(e.part+" 的关系部件", err); err != nil {
				return "", err
			}
		}
		byID = make(map[string]relationship, len(rels))
		for _, r := range rels {
			byID[r.id] = r
		}
		if d.related == nil {
			d.related = map[string]map[string]relationship{}
		}
		d.related[e.part] = byID
	}
	if part := byID[e.id].target; part != "" && d.pkg.has(part) {
		return part, nil
	}
	return "", nil
}

// drawnText is the text of a chart or diagram: one block, a line for each title,
// series or shape.
func (d *reading) drawnText(e *embedded, role extract.Role, read func(*xmlReader) []string) ([]flow.Item, error) {
	part, err := d.target(e)
	if err != nil {
		return nil, err
	}
	var lines []string
	if part != "" {
		if err := d.optionalPart(part, func(x *xmlReader) { lines = read(x) }); err != nil {
			return nil, err
		}
	}
	if len(lines) == 0 {
		d.warn.Add("graphic_skipped", "图表或 SmartArt 图形中没有读到文字，只记位置")
		return nil, nil
	}
	return []flow.Item{{Block: extract.Block{
		Type: extract.Paragraph, Role: role, Text: strings.Join(lines, "\n"), Part: e.place, Align: "left",
	}}}, nil
}

// chunk reads w:altChunk (ECMA-376 §17.17.2.1): a document within the document,
// where it is a Word document too.
func (d *reading) chunk(e *embedded) ([]flow.Item, error) {
	part, err := d.target(e)
	if err != nil {
		return nil, err
	}
	kind := strings.TrimPrefix(path.Ext(part), ".")
	if part == "" {
		kind = "缺失"
	}
	left := func() ([]flow.Item, error) {
		d.warn.Add("part_skipped", "文档中嵌入了另一份文件（"+kind+"），其内容未读取")
		return nil, nil
	}
	if part == "" || d.nested >= maxNested {
		return left()
	}
	content, err := d.chunkBytes(part)
	if err != nil {
		return nil, d.pkg.optional(part, err)
	}
	open := openContainer
	if IsFlat(content[:min(len(content), flatHead)]) {
		open = openFlat
	} else if !bytes.HasPrefix(content, []byte("PK")) {
		return left()
	}
	lim := d.lim
	lim.DecompressedBytes = max(d.pkg.left, 1)
	pkg, err := open(bytes.NewReader(content), int64(len(content)), lim, d.warn)
	if err != nil {
		return nil, d.pkg.optional(part, err)
	}
	inner := &reading{pkg: pkg, lim: d.lim, warn: d.warn, changes: d.changes, within: d.within + part + "!", nested: d.nested + 1}
	items, err := inner.readPackage()
	pkg.close()
	d.pkg.left = pkg.left
	if err != nil {
		return nil, d.pkg.optional(part, err)
	}
	d.takeLosses(inner)
	return items, nil
}

// chunkBytes is the content of an embedded document.
func (d *reading) chunkBytes(part string) ([]byte, error) {
	body, err := d.pkg.openBody(part)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }() // only read
	content, err := io.ReadAll(io.LimitReader(body, maxChunkBytes+1))
	switch {
	case extract.AsError(err) != nil:
		return nil, err
	case err != nil:
		return nil, extract.Damaged("部件 %s 读不出：%v", part, err)
	case len(content) > maxChunkBytes:
		return nil, extract.OverLimit("embedded_bytes", maxChunkBytes, "嵌入的文件 "+part+" 过大")
	}
	return content, nil
}

// takeLosses adds what was counted in an embedded document.
func (d *reading) takeLosses(inner *reading) {
	d.hidden += inner.hidden
	d.unknownSymbols += inner.unknownSymbols
	d.private += inner.private
	d.unknownNumbers += inner.unknownNumbers
	d.insertions += inner.insertions
	d.deletions += inner.deletions
	for _, id := range inner.comments.order {
		d.comments.add(inner.within + id)
	}
}
