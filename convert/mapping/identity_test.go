package mapping

import (
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/extract"
)

// prose makes a document of paragraphs. A prefix says what a paragraph is: "c|"
// centred, "r|" right, "h|" heading, "head|" running header, "box|" text box;
// "t|" is a table row of cells parted by "|".
func prose(paragraphs ...string) *extract.Document {
	doc := &extract.Document{}
	for _, p := range paragraphs {
		kind, text, ok := strings.Cut(p, "|")
		b := extract.Block{Type: extract.Paragraph, Text: text}
		switch {
		case ok && kind == "c":
			b.Align = "center"
		case ok && kind == "r":
			b.Align = "right"
		case ok && kind == "h":
			b.Type, b.Level = extract.Heading, 1
		case ok && kind == "head":
			b.Role = extract.RoleHeader
		case ok && kind == "box":
			b.Role = extract.RoleTextbox
		case ok && kind == "t":
			addRow(doc, strings.Split(text, "|"))
			continue
		default:
			b.Text = p
		}
		doc.Blocks = append(doc.Blocks, b)
	}
	return doc
}

// addRow adds a row to the table that ends the document, or begins one.
func addRow(doc *extract.Document, cells []string) {
	n := len(doc.Blocks)
	if n == 0 || doc.Blocks[n-1].Type != extract.TableRef {
		index := len(doc.Tables)
		doc.Tables = append(doc.Tables, extract.Table{Index: index})
		doc.Blocks = append(doc.Blocks, extract.Block{Type: extract.TableRef, Table: &index})
	}
	t := &doc.Tables[len(doc.Tables)-1]
	for c, text := range cells {
		t.Cells = append(t.Cells, extract.Cell{Row: t.Rows, Column: c, RowSpan: 1, ColumnSpan: 1, Text: text})
	}
	t.Rows++
	t.Columns = max(t.Columns, len(cells))
}

func str(s *string) string {
	if s == nil {
		return "null"
	}
	return *s
}

func day(d *report.Date) string {
	if d == nil {
		return "null"
	}
	return d.String()
}

func TestTitleAndAgency(t *testing.T) {
	const chapter = "一、总体情况"
	for name, c := range map[string]struct {
		lines         []string
		title, agency string
		year          int
	}{
		"one line":           {[]string{"c|青禾区统计局 2021 年政府信息公开 工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"two lines":          {[]string{"c|临溪县人民政府松陵街道办事处", "c|2020年政府信息公开工作年度报告", chapter}, "临溪县人民政府松陵街道办事处2020年政府信息公开工作年度报告", "临溪县人民政府松陵街道办事处", 2020},
		"line break":         {[]string{"c|青禾区水务局\n2020年政府信息公开工作年度报告", chapter}, "青禾区水务局2020年政府信息公开工作年度报告", "青禾区水务局", 2020},
		"three lines":        {[]string{"c|青禾区统计局", "c|2021年度政府信息公开", "c|工作年度报告", chapter}, "青禾区统计局2021年度政府信息公开工作年度报告", "青禾区统计局", 2021},
		"year first":         {[]string{"2021年青禾区统计局政府信息公开工作年度报告", chapter}, "2021年青禾区统计局政府信息公开工作年度报告", "青禾区统计局", 2021},
		"year alone":         {[]string{"c|2021年", "c|青禾区统计局政府信息公开工作年度报告", chapter, "2021年，"}, "青禾区统计局政府信息公开工作年度报告", "青禾区统计局", 2021},
		"year below":         {[]string{"c|青禾区统计局政府信息公开工作年度报告", "c|（2022年度）", chapter}, "青禾区统计局政府信息公开工作年度报告（2022年度）", "青禾区统计局", 2022},
		"year in brackets":   {[]string{"c|青禾区统计局政府信息公开工作年度报告（2022年）", chapter}, "青禾区统计局政府信息公开工作年度报告（2022年）", "青禾区统计局", 2022},
		"年报":                 {[]string{"青禾区统计局2021年度政府信息公开年报", chapter}, "青禾区统计局2021年度政府信息公开年报", "青禾区统计局", 2021},
		"Han year":           {[]string{"二〇二一年度青禾区政府信息公开工作年度报告", chapter}, "二〇二一年度青禾区政府信息公开工作年度报告", "青禾区", 2021},
		"关于":                 {[]string{"青禾区统计局关于2021年度政府信息公开工作情况的报告", chapter}, "青禾区统计局关于2021年度政府信息公开工作情况的报告", "青禾区统计局", 2021},
		"text box":           {[]string{"box|望湖市体育局2023年政府信息公开工作年度报告", chapter, "本报告所列数据的统计期限为2022年1月1日至2022年12月31日。"}, "望湖市体育局2023年政府信息公开工作年度报告", "望湖市体育局", 2023},
		"letterhead":         {[]string{"c|青禾区统计局文件", "c|青统〔2022〕1号", "c|青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"repeated":           {[]string{"青禾区统计局2021年政府信息公开工作年度报告", "发布日期：2022-01-20", "c|青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"running header":     {[]string{"head|云台区2019年政府信息公开工作年度报告", "c|青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"navigation":         {[]string{"首页 > 政府信息公开 > 政府信息公开年报", "青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"sentence":           {[]string{"现公布青禾区2021年政府信息公开工作年度报告。", "c|白石镇2021年政府信息公开工作年度报告", chapter}, "白石镇2021年政府信息公开工作年度报告", "白石镇", 2021},
		"government":         {[]string{"c|青禾区人民政府", "c|2022年政府信息公开工作年度报告", chapter}, "青禾区人民政府2022年政府信息公开工作年度报告", "青禾区人民政府", 2022},
		"without 政府":         {[]string{"c|青禾区档案局2020年信息公开工作年度报告", chapter}, "青禾区档案局2020年信息公开工作年度报告", "青禾区档案局", 2020},
		"report words":       {[]string{"青禾区政务公开办公室2021年政府信息公开工作年度报告", chapter}, "青禾区政务公开办公室2021年政府信息公开工作年度报告", "青禾区政务公开办公室", 2021},
		"度":                  {[]string{"度假区管委会2021年度政府信息公开工作年度报告", chapter}, "度假区管委会2021年度政府信息公开工作年度报告", "度假区管委会", 2021},
		"市政府":                {[]string{"望湖市政府2021年政府信息公开工作年度报告", chapter}, "望湖市政府2021年政府信息公开工作年度报告", "望湖市政府", 2021},
		"annex":              {[]string{"附件1：青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"title marks":        {[]string{"《青禾区统计局2021年政府信息公开工作年度报告》", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"web line":           {[]string{"青禾区统计局2021年政府信息公开工作年度报告 2022-01-18 10:00 来源：青禾区统计局", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"framed":             {[]string{"t|青禾区统计局2021年政府信息公开工作年度报告\n（2022年1月18日）", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"late text box":      {[]string{chapter, "2021年，我局认真公开。", "box|青禾区统计局2021年政府信息公开工作年度报告"}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"none, signed":       {[]string{chapter, "2021年，我局认真公开。2021年共公开3条，2020年2条。", "六、其他需要报告的事项", "无。", "r|青禾区统计局", "r|2022年1月7日"}, "null", "青禾区统计局", 2021},
		"none, quoted":       {[]string{"2019年度松陵街道政务工作报告如下：", "一、以公开助力改革", "共公开《临溪县人民政府松陵街道办事处2019年度政府信息公开工作年度报告》1条。"}, "null", "临溪县人民政府松陵街道办事处", 2019},
		"full-width year":    {[]string{"青禾区统计局２０２１年政府信息公开工作年度报告", chapter}, "青禾区统计局２０２１年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"关于报送":               {[]string{"青禾区统计局关于报送2021年政府信息公开工作年度报告的报告", chapter}, "青禾区统计局关于报送2021年政府信息公开工作年度报告的报告", "青禾区统计局", 2021},
		"关于公布":               {[]string{"青禾区统计局关于公布2021年政府信息公开年度报告", chapter}, "青禾区统计局关于公布2021年政府信息公开年度报告", "青禾区统计局", 2021},
		"关于上报":               {[]string{"青禾区统计局关于上报政府信息公开2021年年度报告", chapter}, "青禾区统计局关于上报政府信息公开2021年年度报告", "青禾区统计局", 2021},
		"印发":                 {[]string{"青禾区统计局印发2021年政府信息公开年度报告", chapter}, "青禾区统计局印发2021年政府信息公开年度报告", "青禾区统计局", 2021},
		"number in the name": {[]string{"望湖市第2010中学2021年政府信息公开工作年度报告", chapter}, "望湖市第2010中学2021年政府信息公开工作年度报告", "望湖市第2010中学", 2021},
		"number, year first": {[]string{"2021年望湖市第2010中学政府信息公开工作年度报告", chapter}, "2021年望湖市第2010中学政府信息公开工作年度报告", "望湖市第2010中学", 2021},
		"number, no 年":       {[]string{"望湖市第2010中学2021政府信息公开工作年度报告", chapter}, "望湖市第2010中学2021政府信息公开工作年度报告", "望湖市第2010中学", 2021},
		"broken name":        {[]string{"c|望湖市青禾区人力资源和社会", "c|保障局2021年政府信息公开工作年度报告", chapter}, "望湖市青禾区人力资源和社会保障局2021年政府信息公开工作年度报告", "望湖市青禾区人力资源和社会保障局", 2021},
		"broken after place": {[]string{"c|望湖市青禾区", "c|教育局2021年政府信息公开工作年度报告", chapter}, "望湖市青禾区教育局2021年政府信息公开工作年度报告", "望湖市青禾区教育局", 2021},
		"broken office":      {[]string{"c|青禾区人民政府", "c|办公室2021年政府信息公开工作年度报告", chapter}, "青禾区人民政府办公室2021年政府信息公开工作年度报告", "青禾区人民政府办公室", 2021},
		"broken brackets":    {[]string{"c|青禾区农业农村局（区乡村", "c|振兴局）2021年政府信息公开工作年度报告", chapter}, "青禾区农业农村局（区乡村振兴局）2021年政府信息公开工作年度报告", "青禾区农业农村局（区乡村振兴局）", 2021},
		"broken year":        {[]string{"c|青禾区统计局2021", "c|年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"broken in a box":    {[]string{"box|望湖市青禾区人力资源和社会\n保障局2021年政府信息公开工作年度报告", chapter}, "望湖市青禾区人力资源和社会保障局2021年政府信息公开工作年度报告", "望湖市青禾区人力资源和社会保障局", 2021},
		"page name above":    {[]string{"c|望湖市政务公开", "c|青禾区统计局2021年政府信息公开工作年度报告", chapter}, "青禾区统计局2021年政府信息公开工作年度报告", "青禾区统计局", 2021},
		"site name above":    {[]string{"c|望湖市青禾区信息网", "c|教育局2021年政府信息公开工作年度报告", chapter}, "教育局2021年政府信息公开工作年度报告", "教育局", 2021},
		"other look above":   {[]string{"望湖市青禾区人力资源和社会", "c|保障局2021年政府信息公开工作年度报告", chapter}, "保障局2021年政府信息公开工作年度报告", "保障局", 2021},
		"name on page only":  {[]string{"名  称: 白石镇2021年政府信息公开工作年度报告 发布机构: 临溪县白石镇人民政府", chapter}, "null", "白石镇", 2021},
	} {
		got := Read(prose(c.lines...), form.All()).Report
		if str(got.Title) != c.title || str(got.Agency) != c.agency || got.Year == nil || *got.Year != c.year {
			y := 0
			if got.Year != nil {
				y = *got.Year
			}
			t.Errorf("%s: title %q, agency %q, year %d; want %q, %q, %d", name, str(got.Title), str(got.Agency), y, c.title, c.agency, c.year)
		}
	}
}

func TestSignature(t *testing.T) {
	head := []string{"c|青禾区统计局2021年政府信息公开工作年度报告", "一、总体情况", "2021年12月20日开展培训。", "六、其他需要报告的事项"}
	for name, c := range map[string]struct {
		lines  []string
		by, on string
	}{
		"right":            {[]string{"无。", "r|青禾区统计局", "r|2022年1月18日"}, "青禾区统计局", "2022-01-18"},
		"spaces":           {[]string{"无。", "                青禾区统计局", "          2022 年 1 月 18 日"}, "青禾区统计局", "2022-01-18"},
		"one paragraph":    {[]string{"无。", "r|青禾区统计局2022年1月18日"}, "青禾区统计局", "2022-01-18"},
		"line break":       {[]string{"无。", "r|青禾区统计局\n2022年1月18日"}, "青禾区统计局", "2022-01-18"},
		"Han date":         {[]string{"无。", "r|青禾区统计局", "r|二〇二二年一月十五日"}, "青禾区统计局", "2022-01-15"},
		"circles for 〇":    {[]string{"无。", "r|青禾区统计局", "r|二○二二年十一月二十一日"}, "青禾区统计局", "2022-11-21"},
		"dots":             {[]string{"无。", "r|青禾区统计局", "r|2022.1.18"}, "青禾区统计局", "2022-01-18"},
		"dashes":           {[]string{"无。", "r|青禾区统计局", "r|2022-01-18"}, "青禾区统计局", "2022-01-18"},
		"slashes":          {[]string{"无。", "r|青禾区统计局", "r|2022/1/18"}, "青禾区统计局", "2022-01-18"},
		"stamp":            {[]string{"无。", "r|青禾区统计局（盖章）", "r|2022年1月18日"}, "青禾区统计局", "2022-01-18"},
		"date only":        {[]string{"无。", "2022年1月18日"}, "null", "2022-01-18"},
		"无 above":          {[]string{"无", "2022年1月18日"}, "null", "2022-01-18"},
		"two lines":        {[]string{"无。", "r|临溪县人民政府松陵街道", "r|办事处", "r|2022年1月18日"}, "临溪县人民政府松陵街道办事处", "2022-01-18"},
		"note below":       {[]string{"无。", "r|青禾区统计局", "r|2022年1月18日", "（此件公开发布）"}, "青禾区统计局", "2022-01-18"},
		"before the annex": {[]string{"无。", "r|青禾区统计局", "r|2022年1月18日", "附件2：", "c|政府信息公开工作机构登记表", "单位（盖章）：青禾区统计局 填表时间：2022.1.19"}, "青禾区统计局", "2022-01-18"},
		"no date":          {[]string{"无。", "r|青禾区统计局"}, "青禾区统计局", "null"},
		"none":             {[]string{"1.收费情况：无。", "2.建议提案办理1件", "人大"}, "null", "null"},
		"date in prose":    {[]string{"无。", "以上情况截至2021年12月31日。"}, "null", "null"},
		"no such day":      {[]string{"无。", "r|青禾区统计局", "r|2022年2月30日"}, "青禾区统计局", "null"},
	} {
		got := Read(prose(append(append([]string{}, head...), c.lines...)...), form.All()).Report
		if str(got.SignedBy) != c.by || day(got.SignedOn) != c.on {
			t.Errorf("%s: signed by %q on %s; want %q, %s", name, str(got.SignedBy), day(got.SignedOn), c.by, c.on)
		}
		last := got.Sections[len(got.Sections)-1]
		if strings.Contains(last.Text, "2022年1月18日") {
			t.Errorf("%s: the last section holds the signature: %q", name, last.Text)
		}
	}
}

func TestDateUnderTheTitle(t *testing.T) {
	got := Read(prose("c|青禾区统计局2021年政府信息公开工作年度报告", "c|（2022年1月20日）", "一、总体情况", "无。"), form.All()).Report
	if day(got.SignedOn) != "2022-01-20" {
		t.Errorf("signed on %s", day(got.SignedOn))
	}
}

func TestPeriod(t *testing.T) {
	for text, want := range map[string]string{
		"本报告所列数据的统计期限为2021年1月1日至2021年12月31日。":                               "2021-01-01 2021-12-31",
		"所列数据的统计时限自2020年1月1日起至12月31日止。":                                     "2020-01-01 2020-12-31",
		"本报告中所列数据的统计期限从 2020 年 1 月 1 日 起，至2020年12月31日止。":                    "2020-01-01 2020-12-31",
		"数据统计期限：2020.1.1-2020.12.31":                                        "2020-01-01 2020-12-31",
		"统计时间：2020-01-01至2020-12-31":                                        "2020-01-01 2020-12-31",
		"统计期限为2021年1月至12月。":                                                 "2021-01-01 2021-12-31",
		"统计期限为2019年1月1日—12月31日":                                             "2019-01-01 2019-12-31",
		"统计期限为２０１９年１月１日至２０１９年１２月３１日":                                        "2019-01-01 2019-12-31",
		"与上一年度统计期限（2020年1月1日至2020年12月31日）相比，本报告统计期限为2021年1月1日至2021年12月31日。": "2021-01-01 2021-12-31",
		"上年度报告统计期限为2020年1月1日至2020年12月31日。":                                  "null",
		"2021年3月1日至2021年5月1日开展专项行动。":                                        "null",
		"本报告数据统计良好。2021年3月1日至5月1日开展了宣传。":                                    "null",
		"统计期限为2021年12月31日至2021年1月1日。":                                       "null",
	} {
		got := Read(prose("c|青禾区统计局2021年政府信息公开工作年度报告", text, "一、总体情况"), form.All()).Report.Period
		s := "null"
		if got != nil {
			s = day(got.Start) + " " + day(got.End)
		}
		if s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

func TestMetadata(t *testing.T) {
	const title, chapter = "c|白石镇2021年政府信息公开工作年度报告", "一、总体情况"
	for name, c := range map[string]struct {
		lines                            []string
		publisher, index, number, onDate string
	}{
		"lines": {[]string{"名  称: 白石镇2021年政府信息公开工作年度报告 发布机构: 临溪县白石镇人民政府", "文  号: 索 引 号: 101010101/2022-00001", "公开日期: 2022年01月13日 公开方式: 有效", title},
			"临溪县白石镇人民政府", "101010101/2022-00001", "null", "2022-01-13"},
		"full-width": {[]string{"索　引　号：0101　　主题分类：政务公开", "发文机关：白石镇　　成文日期：2022-01-05", "发文字号：白政〔2022〕3号", "发布日期：2022-01-13 10:20", title},
			"白石镇", "0101", "白政〔2022〕3号", "2022-01-13"},
		"table": {[]string{"t|索引号|0101|发布机构|白石镇人民政府", "t|名称|白石镇2021年政府信息公开工作年度报告|文号|", "t|生成日期|2022-01-12|公开日期|2022-01-13", title},
			"白石镇人民政府", "0101", "null", "2022-01-13"},
		"table with colons": {[]string{"t|索引号：0101|发布机构：白石镇人民政府", "t|文号：无|发布日期：2022年1月13日", title},
			"白石镇人民政府", "0101", "null", "2022-01-13"},
		"web line": {[]string{title, "发布时间：2022-01-13  来源：白石镇人民政府  浏览次数：12"}, "白石镇人民政府", "null", "null", "2022-01-13"},
		"made":     {[]string{"索引号：0101 生成日期：2022-01-12", title}, "null", "0101", "null", "2022-01-12"},
	} {
		got := Read(prose(append(c.lines, chapter, "1、办事处名称：白石镇。")...), form.All()).Report
		m := got.Metadata
		if m == nil {
			t.Errorf("%s: no metadata", name)
			continue
		}
		if str(m.Publisher) != c.publisher || str(m.IndexNumber) != c.index || str(m.DocumentNumber) != c.number || day(m.PublishedOn) != c.onDate {
			t.Errorf("%s: %q, %q, %q, %s", name, str(m.Publisher), str(m.IndexNumber), str(m.DocumentNumber), day(m.PublishedOn))
		}
		if str(got.Title) != "白石镇2021年政府信息公开工作年度报告" {
			t.Errorf("%s: title %q", name, str(got.Title))
		}
	}
	if m := Read(prose(title, "本报告由办公室编制，名称：年报。联系电话：1。", chapter), form.All()).Report.Metadata; m != nil {
		t.Errorf("metadata out of a preface: %+v", m)
	}
}

func TestRegistration(t *testing.T) {
	got := Read(prose("一、总体情况", "附件3：", "c|政府信息公开工作机构登记表", "单位（盖章）：白石镇", "t|分管领导|甲|职务|镇长", "t|办公地址|临溪县白石路1号", "t|信息公开申请 联系电话|0100-1"), form.All()).Report.Registration
	want := []report.Registration{{Label: "分管领导", Value: "甲"}, {Label: "职务", Value: "镇长"}, {Label: "办公地址", Value: "临溪县白石路1号"}, {Label: "信息公开申请联系电话", Value: "0100-1"}}
	if len(got) != len(want) {
		t.Fatalf("registration %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d: %+v, want %+v", i, got[i], want[i])
		}
	}
	if r := Read(prose("一、总体情况", "t|姓名|甲"), form.All()).Report.Registration; r != nil {
		t.Errorf("registration out of another table: %+v", r)
	}
}
