package bodies_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"nianbao/convert/bodies"
)

const table = "序号,名称,别名,类别,层级,上级,不编报,联系电话\r\n" +
	"1,云溪县人民政府,,政府,县级,,,1\r\n" +
	"2,云溪县教育局,县教体局、云溪县教体局,部门,,云溪县人民政府,否,2\r\n" +
	"\r\n" +
	"3,\"云溪县税务局\n\",,部门,县级,云溪县人民政府,是,3\r\n"

func wantTable() []bodies.Entry {
	return []bodies.Entry{
		{Line: 2, Body: bodies.Body{Name: "云溪县人民政府", Kind: "政府", Level: "县级"}},
		{Line: 3, Body: bodies.Body{Name: "云溪县教育局", Aliases: []string{"县教体局", "云溪县教体局"}, Kind: "部门", Parent: "云溪县人民政府"}},
		{Line: 5, Body: bodies.Body{Name: "云溪县税务局", Kind: "部门", Level: "县级", Parent: "云溪县人民政府", Excluded: true}},
	}
}

func TestReadText(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(table, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"UTF-8": table, "UTF-8 with mark": "\ufeff" + table, "GB18030": gb, "UTF-16, tabs": utf16,
	} {
		got, err := bodies.ReadText([]byte(content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range got {
			if len(got[i].Aliases) == 0 {
				got[i].Aliases = nil
			}
		}
		if d := cmp.Diff(wantTable(), got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if _, err := bodies.New(got, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A list may mark those that no sum of their parent counts as 垂直管理.
func TestReadVertical(t *testing.T) {
	for _, text := range []string{"名称,垂直管理\n甲局,是\n乙局,\n", "名称,不编报\n甲局,垂直管理\n乙局,否\n"} {
		got, err := bodies.ReadText([]byte(text))
		if err != nil || len(got) != 2 || !got[0].Excluded || got[1].Excluded {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
}

func TestReadTextMistakes(t *testing.T) {
	for name, tt := range map[string]struct{ content, want string }{
		"empty":             {"\n \n", "空"},
		"binary":            {"\x00\x01\x02", "不是文本"},
		"neither encoding":  {"\xff\xff\xff", "不是文本"},
		"no heading":        {"云溪县教育局,教育局\n", "第 1 行：没有表头"},
		"heading twice":     {"名称,单位名称\nx,y\n", "第 1 行：有两栏"},
		"yes or no":         {"名称,不编报\n甲局,也许\n", "第 2 行：“不编报”"},
		"too many lines":    {strings.Repeat("局\n", bodies.MaxBodies+2), "超过上限"},
		"too many bytes":    {strings.Repeat("局", bodies.MaxTableBytes/3+1), "8 MB"},
		"quote left open":   {"名称,备注\n甲局,\"没有关\n", ""},
		"quote in the text": {"名称,备注\n甲局,他说\"好\"\n", ""},
	} {
		_, err := bodies.ReadText([]byte(tt.content))
		var m bodies.Mistakes
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case tt.want != "" && (!errors.As(err, &m) || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// FuzzReadText: whatever comes in is a list that can be checked, or mistakes.
func FuzzReadText(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("甲局\n乙局"))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		entries, err := bodies.ReadText(content)
		var m bodies.Mistakes
		if err != nil && !errors.As(err, &m) {
			t.Fatalf("%v", err)
		}
		if err == nil && len(entries) == 0 && !strings.Contains(string(content), "名称") {
			t.Errorf("%q gives nothing", content)
		}
		if _, err := bodies.New(entries, nil); err != nil && !errors.As(err, &m) {
			t.Fatalf("%v", err)
		}
	})
}
