package problems

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

func office() *Office {
	return &Office{Date: report.Date{Year: 2024, Month: 2, Day: 5}, Rule: func(id string) (string, string) { return "规则 " + id, "依据 " + id }}
}

// parts are the files of a zip by their names.
func parts(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// rowsOf are the rows of each sheet. No cell of it is a formula.
func rowsOf(t *testing.T, content []byte) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = rows
	}
	for name, part := range parts(t, content) {
		if strings.HasPrefix(name, "xl/worksheets/") && bytes.Contains(part, []byte("<f>")) {
			t.Errorf("%s has a formula", name)
		}
	}
	return out
}

func archive(t *testing.T) map[string][]byte {
	t.Helper()
	var out bytes.Buffer
	if err := page(t).Package(t.Context(), &out, office(), time.UTC); err != nil {
		t.Fatal(err)
	}
	return parts(t, out.Bytes())
}

// The archive has a letter for each body, and a sheet for those with problems.
func TestPackage(t *testing.T) {
	files := archive(t)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	want := []string{"00-汇总.xlsx", "01-甲局.docx", "02-乙局.docx", "02-乙局.xlsx", "03-丁局.docx", "04-@庚局.docx"}
	if !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	all := rowsOf(t, files["00-汇总.xlsx"])
	if s := all["汇总"]; len(s) != 5 || s[1][1] != "甲局" || s[1][3] != "未报送" || s[2][4] != "2" || s[2][5] != "3" || s[4][1] != "@庚局" {
		t.Errorf("%q", s)
	}
	if s := all["问题清单"]; len(s) != 9 {
		t.Errorf("%q", s)
	}
	own := rowsOf(t, files["02-乙局.xlsx"])["问题清单"]
	if len(own) != 6 || own[1][6] != "11" || own[1][7] != "9" || own[4][9] != "=HYPERLINK 联系 138****5678" || own[1][11] != "依据 applications.row_total" {
		t.Errorf("%q", own)
	}
}

// A letter is addressed to its body, names every problem once and is dated; nothing
// personal is in it.
func TestLetters(t *testing.T) {
	files := archive(t)
	for name, want := range map[string][]string{
		"01-甲局.docx": {"关于报送2023年政府信息公开工作年度报告的函", "甲局：", "截至2024年2月5日，尚未收到", "第四十九条", "2024年2月5日"},
		"02-乙局.docx": {"问题清单", "乙局：", "（文件：r.pdf）收悉。经核对，有2处需要更正、3处需要核实", "需要更正", "需要核实", "总计填 11，各列相加为 9。", "没有表格。", "有 2 格未填。",
			"正文中有手机号码 138****5678。", "原文：“=HYPERLINK 联系 138****5678”", "依据：规则 applications.row_total；依据 applications.row_total", "2024年2月5日"},
		"03-丁局.docx":  {"丁局：", "未能读取：文件已加密：请去掉打开密码后重新上传。"},
		"04-@庚局.docx": {"@庚局：", "请核对报告后重新报送。"},
	} {
		text := string(parts(t, files[name])["word/document.xml"])
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %q", name, w)
			}
		}
		if strings.Contains(text, "13812345678") {
			t.Errorf("%s has a personal number", name)
		}
	}
	letter := string(parts(t, files["02-乙局.docx"])["word/document.xml"])
	for _, message := range []string{"总计填 11，各列相加为 9。", "没有表格。", "有 2 格未填。", "正文中有手机号码"} {
		if n := strings.Count(letter, message); n != 1 {
			t.Errorf("%q stands %d times", message, n)
		}
	}
}

func TestWorkbook(t *testing.T) {
	var out bytes.Buffer
	if err := page(t).Workbook(t.Context(), &out, office(), time.UTC); err != nil {
		t.Fatal(err)
	}
	if rows := rowsOf(t, out.Bytes()); len(rows["汇总"]) != 5 || len(rows["问题清单"]) != 9 {
		t.Errorf("%q", rows)
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{"甲/乙:局": "甲_乙_局", " .局. ": "局", strings.Repeat("局", 50): strings.Repeat("局", 40), "局\x01": "局_"} {
		if got := fileName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
