package claims

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func readOne(text string) *Reading { return Read([]Section{{Key: "overview", Text: text}}, 2021) }

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		text, value string
		loose       bool
	}{
		{"8", "8", false}, {"1,234", "1234", false}, {"12,345,678", "12345678", false}, {"160.5964", "1605964/10000", false},
		{"8.75万", "87500", false}, {"3万余", "30000", true}, {"2000余万", "20000000", true}, {"2.05亿", "205000000", false},
		{"300余", "300", true}, {"十余", "10", true}, {"两", "2", false}, {"三十二", "32", false}, {"一百零五", "105", false},
		{"二百三十", "230", false}, {"一万二千", "12000", false}, {"五百万", "5000000", false}, {"十五", "15", false}, {"零", "0", false},
		{"二〇二一", "2021", false}, {"３２", "32", false},
	} {
		l := lines(c.text)[0]
		n, end, ok := scanNumber(l.runes, 0)
		want, _ := new(big.Rat).SetString(c.value)
		if !ok || end != len(l.runes) || n.Value.Cmp(want) != 0 || n.Loose != c.loose {
			t.Errorf("%s: %v, end %d, %t: %+v", c.text, n.Value, end, ok, n)
		}
	}
	for _, text := range []string{"万", "百万", "千件", "1234567890123456789012"} {
		if n, _, ok := scanNumber(lines(text)[0].runes, 0); ok {
			t.Errorf("%s was read as %v", text, n.Value)
		}
	}
}

// What is no figure: dates, ordinals, document numbers, names, telephones.
func TestNoFigures(t *testing.T) {
	for _, text := range []string{
		"2021年12月31日", "国办公开办函〔2021〕30号", "第二十条第5项", "1.加强领导", "（2）加强培训", "第3次会议", "“12345”热线", "《条例》第12条",
		"三审三校", "一次性告知", "一件事", "0715-8320878", "24小时", "3个工作日", "十五届五次会议", "一是加强", "电话87124300，", "COVID19",
	} {
		for i := range readOne(text).Sentences {
			for _, f := range readOne(text).Sentences[i].Figures {
				t.Errorf("%s: figure %s%s", text, f.Printed, f.Unit)
			}
		}
	}
}

// subjectsOf lists the subjects of a text with their numbers: "new 8".
func subjectsOf(r *Reading) []string {
	var out []string
	for i := range r.Claims {
		if c := &r.Claims[i]; c.Subject != None {
			out = append(out, string(c.Subject)+" "+c.Value.RatString())
		}
	}
	return out
}

func TestPercentagesInWords(t *testing.T) {
	for text, want := range map[string]string{
		"占百分之三十九": "39", "办结率达百分之九十八点五": "98.5", "占百分之12.5": "12.5", "答复率百分之百": "100",
	} {
		r := Read([]Section{{Key: "overview", Text: "受理留言20件，" + text + "。"}}, 2021)
		f := r.Sentences[0].Figures
		if last := &f[len(f)-1]; !last.IsPercent() || strings.TrimSuffix(strings.TrimRight(last.Value.FloatString(2), "0"), ".") != want && last.Value.RatString() != want {
			t.Errorf("%s: %+v", text, last)
		}
	}
}

func TestListsOfNames(t *testing.T) {
	for text, want := range map[string][2]int{ // stated, found
		"栏目分为三类：政策、动态、服务。":            {3, 3},
		"栏目分为三类：政策、动态。":               {3, 2},
		"做好“三公开”，即决策公开、执行公开，完善目录。":    {3, 2},
		"做到“两个强化”：强化培训、强化监督、强化考核。":    {2, 3},
		"通过网站、微信、公示栏等2种渠道公开。":         {2, 3},
		"四类事项（许可、处罚、强制）公开到位。":         {4, 3},
		"三级审核：一级为经办人自查，二级为科室审核。":      {3, 2},
		"三个部分：行政复议、行政诉讼情况，申请情况，收费情况。": {},
		"共有栏目8个：政策类3个、动态类5个。":         {},
		"两种渠道：线上渠道和线下渠道、热线。":          {2, 2},
		"三项制度（含保密审查、信息发布）得到落实。":       {},
		"围绕三项任务：健全制度、加强培训，丰富形式、拓宽渠道。": {},
		"全年培训3次：业务培训、保密培训。":           {},
		"推进网站、微信等2类平台建设。":             {},
	} {
		r := Read([]Section{{Key: "overview", Text: text}}, 2021)
		got := [2]int{}
		if len(r.Lists) > 0 {
			got = [2]int{r.Lists[0].Stated, r.Lists[0].Found}
		}
		if got != want {
			t.Errorf("%s: %v, want %v (%+v)", text, got, want, r.Lists)
		}
	}
}

func TestSubjects(t *testing.T) {
	for text, want := range map[string]string{
		"2021年新收政府信息公开申请8件，上年结转1件，办结7件，结转下年2件。":    "applications.new 8|applications.carried_over 1|applications.handled 7|applications.carried_forward 2",
		"收到公民、法人向元口镇人民政府提交的政府信息公开申请1件。":            "applications.new 1",
		"共收到16件政府信息公开申请。":                          "applications.new 16",
		"接到依申请公开事项23件，其中依申请公开系统22件，信函申请1件。":        "applications.new 23",
		"未收到政府信息公开申请。":                             "applications.new 0",
		"收到政府信息公开申请124件，公民申请113件（占91.1%），法人申请11件。": "applications.new 124|applicants.natural_person 113|applicants.organisation 11",
		"予以公开和部分公开的政府信息公开申请共9件。":                   "applications.granted_or_partially 9",
		"本年度无行政处罚、行政强制及行政事业性收费项目。":                 "administrative_penalties.decisions 0|administrative_compulsion.decisions 0|administrative_fees.amount 0",
		"作出行政处罚437件。":                              "administrative_penalties.decisions 437",
		"受理行政许可申请437件。":                            "",
		"收取行政事业性收费1.5万元。":                          "administrative_fees.amount 15000",
		"收取信息处理费20元。":                              "information_fee 20",
		"因政府信息公开被申请行政复议3件，其中维持2件；行政诉讼1件。":          "reconsideration.total 3|reconsideration.upheld 2|litigation.total 1",
		"办理行政复议案件12件。":                             "",
		"现行有效行政规范性文件20件。":                          "normative_documents.in_force 20",
		"通过网络收到政府信息公开申请5件。":                        "",
		"受理热线诉求5020件，办结4189件。":                     "",
		"对无正当理由大量反复申请的，无法提供的，说明理由。":                "",
		"政府信息公开行政复议、行政诉讼均为0件。":                     "reconsideration.total 0|litigation.total 0",
		"收到公民、法人和其他组织的政府信息公开申请4件。":                 "applications.new 4",
	} {
		if got := strings.Join(subjectsOf(readOne(text)), "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestScope(t *testing.T) {
	for text, want := range map[string]bool{
		"收到政府信息公开申请8件。": true, "约收到政府信息公开申请8件。": true, "收到政府信息公开申请约8件。": false, "收到政府信息公开申请8件以上。": false,
		"2020年收到政府信息公开申请8件。": false, "去年收到政府信息公开申请8件。": false, "与2020年相比，2021年收到政府信息公开申请8件。": true,
		"比去年增加5件，收到政府信息公开申请8件。": true, "2021年3月收到政府信息公开申请8件。": false, "截至2021年12月31日收到政府信息公开申请8件。": true,
		"累计收到政府信息公开申请8件。": false, "上半年收到政府信息公开申请8件。": false, "今年以来收到政府信息公开申请8件。": true,
		"2020年情况如下。收到政府信息公开申请8件。": false, "2021年1月1日至12月31日，收到政府信息公开申请8件。": true,
	} {
		r := readOne(text)
		var last *Claim
		for i := range r.Claims {
			if r.Claims[i].Subject == New {
				last = &r.Claims[i]
			}
		}
		if last == nil || last.Comparable() != want {
			t.Errorf("%s: %+v, want comparable %t", text, last, want)
		}
	}
}

func TestBreakdowns(t *testing.T) {
	for text, want := range map[string]struct {
		total, sum int64
		closed     bool
	}{
		"公开信息58条，其中文件48条，动态4条，其他6条。":      {58, 58, true},
		"发布信息100条，其中文件20条、动态30条，回复留言7条。":  {100, 50, false},
		"受理6150件，其中4720件纳入考核，1430件不纳入考核。": {6150, 6150, true},
		"建议12件，分别为人大8件、政协4件。":             {12, 12, true},
		"发布会3场、访谈4场，共计7场。":                {7, 7, true},
		"案件612件（街道150件，社区462件）。":          {612, 612, true},
		"共50条。其中，政策4条，业务10条。":             {50, 14, false},
	} {
		r := readOne(text)
		found := false
		for i := range r.Sentences {
			s := &r.Sentences[i]
			for k := range s.Breakdowns {
				b := &s.Breakdowns[k]
				var before *Sentence
				if i > 0 {
					before = &r.Sentences[i-1]
				}
				found = true
				if total := b.TotalOf(s, before); total.Value.Cmp(big.NewRat(want.total, 1)) != 0 || b.Sum(s).Cmp(big.NewRat(want.sum, 1)) != 0 || b.Closed != want.closed {
					t.Errorf("%s: total %v sum %v closed %t", text, total.Value, b.Sum(s), b.Closed)
				}
			}
		}
		if !found {
			t.Errorf("%s: no breakdown", text)
		}
	}
}

// Places are those of the text as it was given, spaces and full-width digits in it.
func TestPlaces(t *testing.T) {
	text := "  收到 政府信息公开申请 １２ 件，\n上年结转3件。"
	r := readOne(text)
	var got []string
	for i := range r.Claims {
		c := &r.Claims[i]
		from, to := r.Sentences[c.Sentence].Place(c.From, c.To)
		got = append(got, string([]rune(text)[from:to]))
	}
	if want := []string{"１２ 件", "3件"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// FuzzRead: whatever the text, there is no panic, every place lies in it, and
// values are finite decimals that are not negative.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"2021年新收申请8件，其中予以公开3件、部分公开2件，占62.5%。", "（一）依申请公开。无。", "以下三种方式：（1）甲；（2）乙。", "二〇二一年十余万件，共计三十二件",
		"1,2,3,456件；》《（）”“", "行政复议、行政诉讼均为0件", "8.75万件，其中5.21万件，其他3.54万件。", "其中：无", "一二三四五六七八九十百千万亿",
	} {
		f.Add(s, 2021)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		checkReading(t, Read([]Section{{Key: "overview", Text: text}, {Key: "applications", Text: text}}, year), text)
	})
}

// BenchmarkRead reads a report of normal length: 6,000 characters, 120 figures.
func BenchmarkRead(b *testing.B) {
	prose := "坚持以公开为常态、不公开为例外，持续做好各项工作，不断提升公开质量，切实保障群众的知情权、参与权、表达权和监督权。健全审核、发布和保密审查制度，加强业务培训，丰富解读形式，回应社会关切，方便群众查阅。"
	text := strings.Repeat(prose+"2021年，我局新收政府信息公开申请8件，上年结转1件，办结7件，其中予以公开3件、部分公开2件，办结率87.5%。"+prose+"\n", 20)
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		readOne(text)
	}
}

// TestAnyWords strings words of the grammar together at random: there is no
// panic, and every breakdown has figures of its sentence.
func TestAnyWords(t *testing.T) {
	words := strings.Fields("1 2 3 一 二 十 百 万 亿 ， 。 、 （ ） ; ： 其中 共 共计 件 条 % 占 无 未 均 为 分别 包括 其他 不 收到 申请 政府信息公开 办结 " +
		"2021年 3月 . 《 》 “ ” - 余 多 是 种方式 点 第 复议 诉讼 0 零 两 达 以上 ① 年 率 和 及 行政处罚 规章 \x00 \xff")
	rnd := rand.New(rand.NewPCG(5, 7))
	for range 30000 {
		var b strings.Builder
		for range rnd.IntN(40) {
			b.WriteString(words[rnd.IntN(len(words))])
		}
		checkReading(t, readOne(b.String()), b.String())
	}
}

// checkReading checks what holds for every reading of a text.
func checkReading(t *testing.T, r *Reading, text string) {
	t.Helper()
	runes := len([]rune(text))
	for i := range r.Sentences {
		s := &r.Sentences[i]
		if s.Start < 0 || s.End > runes || s.Start > s.End {
			t.Fatalf("%q: sentence %d–%d of %d", text, s.Start, s.End, runes)
		}
		for k := range s.Figures {
			from, to := s.Place(s.Figures[k].Start, s.Figures[k].End)
			if from < s.Start || to > s.End || from >= to || s.Figures[k].Value.Sign() < 0 {
				t.Fatalf("%q: figure %+v at %d–%d", text, s.Figures[k], from, to)
			}
		}
		for k := range s.Breakdowns {
			b := &s.Breakdowns[k]
			if len(b.Parts) == 0 || slices.Max(b.Parts) >= len(s.Figures) || !b.Previous && slices.Contains(b.Parts, b.Total) {
				t.Fatalf("%q: breakdown %+v", text, b)
			}
		}
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		if c.Sentence >= len(r.Sentences) || c.Figure >= len(r.Sentences[c.Sentence].Figures) || c.From > c.To {
			t.Fatalf("%q: claim %+v", text, c)
		}
	}
	for _, l := range r.Lists {
		if l.Start < 0 || l.End > runes || l.Found < 1 {
			t.Fatalf("%q: list %+v of %d", text, l, runes)
		}
	}
}

// A subject is likely where the words leave it open: applications that nothing says to be
// for government information, decisions told by where they were shown.
func TestLikely(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Subject{
		"收到的46件申请涉及多个科室，会商占用时间较长。":     {New},
		"2023年新收的332件申请中有不少需要补正。":      {New},
		"收到的46件低保申请均已审核。":              {None},
		"全年收到的图纸申请46件。":                {None},
		"公示行政许可决定286件、行政处罚决定27件。":      {Licensing, Penalties},
		"梳理行政许可事项28项、行政处罚事项86项。":       {None, None},
		"全年收到的49件申请中，有22件最终予以公开，均已答复。": {New, Granted},
	} {
		said := Read([]Section{{Key: "overview", Text: text}}, 2023)
		var got []Subject
		for i := range said.Claims {
			c := &said.Claims[i]
			if c.Subject != None {
				t.Errorf("%s: subject %q", text, c.Subject)
			}
			got = append(got, c.Likely)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: likely %q, want %q", text, got, want)
		}
	}
}
