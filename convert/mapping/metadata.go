package mapping

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/extract"
	"nianbao/extract/lazyregexp"
)

// metaLabels are the labels of the blocks that government web pages print above
// a document, and the member of report.Metadata each one fills ("" for none).
// The order is by length where one begins with another.
var metaLabels = []struct{ label, field string }{
	{"发布机构", "publisher"}, {"发布单位", "publisher"}, {"发布机关", "publisher"}, {"公开机构", "publisher"}, {"公开主体", "publisher"},
	{"发文机关", "publisher"}, {"发文单位", "publisher"}, {"制发机关", "publisher"}, {"信息来源", "source"}, {"文章来源", "source"}, {"来源", "source"},
	{"信息索引号", "index"}, {"索引号", "index"}, {"索取号", "index"}, {"信息索取号", "index"},
	{"发文字号", "number"}, {"文件编号", "number"}, {"文件文号", "number"}, {"文号", "number"},
	{"公开日期", "published"}, {"发布日期", "published"}, {"发布时间", "published"}, {"公开时间", "published"}, {"公布日期", "published"},
	{"公布时间", "published"}, {"上网时间", "published"}, {"上网日期", "published"}, {"挂网时间", "published"}, {"挂网日期", "published"}, {"发布于", "published"}, {"公开发布时间", "published"}, {"公开发布日期", "published"},
	{"日期", "dated"}, {"时间", "dated"},
	{"发文日期", "made"}, {"成文日期", "made"}, {"生成日期", "made"}, {"生成时间", "made"}, {"印发日期", "made"}, {"更新时间", "made"}, {"更新日期", "made"},
	{"名称", ""}, {"信息名称", ""}, {"文件名称", ""}, {"标题", ""}, {"主题分类", ""}, {"主题词", ""}, {"主题", ""}, {"信息分类", ""}, {"组配分类", ""}, {"体裁分类", ""},
	{"分类", ""}, {"体裁", ""}, {"关键词", ""}, {"关键字", ""}, {"有效性", ""}, {"效力状态", ""}, {"公开方式", ""}, {"公开范围", ""}, {"公开形式", ""}, {"公开类别", ""},
	{"生效日期", ""}, {"失效日期", ""}, {"废止日期", ""}, {"内容概述", ""}, {"内容概况", ""}, {"浏览次数", ""}, {"阅读次数", ""}, {"点击数", ""}, {"点击率", ""},
	{"字体", ""}, {"字号", ""}, {"责任编辑", ""}, {"编辑", ""}, {"作者", ""}, {"语种", ""}, {"载体类型", ""}, {"信息类别", ""}, {"责任部门", ""}, {"审核", ""}, {"服务对象", ""},
}

// metaPair matches a label and its colon; inner spaces of the label do not count.
var metaPair = metaPattern()

func metaPattern() *lazyregexp.Regexp {
	var alternatives []string
	for _, l := range metaLabels {
		var b strings.Builder
		for i, r := range []rune(l.label) {
			if i > 0 {
				b.WriteString(`[\s\x{3000}\x{a0}]*`)
			}
			b.WriteRune(r)
		}
		alternatives = append(alternatives, b.String())
	}
	return lazyregexp.New(`(?:^|[\s\x{3000}\x{a0}\[【(（|])(` + strings.Join(alternatives, "|") + `)[\s\x{3000}\x{a0}]*(?:[\]】][\s\x{3000}\x{a0}]*[:：]?|[:：])`)
}

func metaField(label string) (string, bool) {
	label = strings.Trim(compact(label), "：:[]【】")
	for _, l := range metaLabels {
		if l.label == label {
			return l.field, true
		}
	}
	return "", false
}

// metaBlock collects label and value pairs.
type metaBlock struct {
	fields map[string]string
	labels int
	name   string // value of 名称, 标题
}

func (m *metaBlock) add(label, value string) {
	field, ok := metaField(label)
	if !ok {
		return
	}
	m.labels++
	value = strings.TrimSpace(value)
	if l := compact(label); field == "" && (strings.HasSuffix(l, "名称") || l == "标题") && m.name == "" {
		m.name = compact(value)
	}
	if field == "" || strings.Trim(compact(value), "-—/无") == "" || m.fields[field] != "" {
		return
	}
	m.fields[field] = value
}

// readMetadata reads the block above the title from the lines before the first
// chapter and the tables among them. Nil where there is none.
func readMetadata(doc *extract.Document, lines []line, end int) (*report.Metadata, string) {
	m := metaBlock{fields: map[string]string{}}
	lastBlock := len(doc.Blocks)
	if end >= 0 && end < len(lines) {
		lastBlock = lines[end].block
	} else {
		end = min(len(lines), headLines)
	}
	for i := 0; i < end; i++ {
		if !lines[i].table {
			m.addLine(lines[i].text)
		}
	}
	for i := range doc.Blocks[:min(lastBlock, headLines)] {
		if t := tableOf(doc, &doc.Blocks[i]); t != nil && doc.Blocks[i].Type == extract.TableRef {
			m.addTable(t)
		}
	}
	return m.metadata(), m.name
}

// readTail reads the day of publication that some pages print below the signature.
func readTail(lines []line, from int) *report.Date {
	const longest = 60 // characters of such a line
	m := metaBlock{fields: map[string]string{}}
	for i := from; i < len(lines); i++ {
		if !lines[i].table && runesOf(lines[i].text) <= longest {
			m.addLine(lines[i].text)
		}
	}
	if d, _, _, _, ok := firstDate(m.fields["published"]); ok {
		return &d
	}
	return nil
}

// addLine reads all pairs of one line: 名  称: … 发布机构: …
func (m *metaBlock) addLine(text string) {
	if !strings.ContainsAny(text, ":：]】") || runesOf(text) > 400 {
		return
	}
	found := metaPair.FindAllStringSubmatchIndex(text, -1)
	for i, f := range found {
		stop := len(text)
		if i+1 < len(found) {
			stop = found[i+1][0]
		}
		m.add(text[f[2]:f[3]], text[f[1]:max(stop, f[1])])
	}
}

// addTable reads a table of label and value cells side by side, or of cells that
// hold both.
func (m *metaBlock) addTable(t *extract.Table) {
	if t.Rows > 40 || t.Columns > 40 || t.Rows <= 0 || t.Columns <= 0 {
		return
	}
	for _, row := range t.Grid() {
		cells := distinct(row)
		for i := 0; i < len(cells); i++ {
			if _, ok := metaField(cells[i].Text); ok {
				value := ""
				if i+1 < len(cells) {
					if _, label := metaField(cells[i+1].Text); !label {
						value = cells[i+1].Text
						i++
						m.add(cells[i-1].Text, value)
						continue
					}
				}
				m.add(cells[i].Text, value)
				continue
			}
			for _, l := range strings.Split(cells[i].Text, "\n") {
				m.addLine(l)
			}
		}
	}
}

func (m *metaBlock) metadata() *report.Metadata {
	if m.labels == 0 || len(m.fields) == 0 || (m.labels < 2 && m.fields["index"] == "" && m.fields["published"] == "") {
		return nil
	}
	text := func(field string) *string {
		if v := compact(m.fields[field]); v != "" {
			return &v
		}
		return nil
	}
	out := &report.Metadata{Publisher: text("publisher"), IndexNumber: text("index"), DocumentNumber: text("number")}
	if out.Publisher == nil {
		out.Publisher = text("source")
	}
	for _, field := range []string{"published", "dated", "made"} {
		if d, _, _, _, ok := firstDate(m.fields[field]); ok {
			out.PublishedOn = &d
			break
		}
	}
	return out
}
