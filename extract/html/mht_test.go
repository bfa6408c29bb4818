package html

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/extract"
)

func readMHT(b string, lim extract.Limits) (*extract.Extraction, error) {
	return ReadMHT(bytes.NewReader([]byte(b)), int64(len(b)), lim)
}

// archive is an MHTML file of parts, each with its headers.
func archive(kind string, parts ...string) string {
	return "MIME-Version: 1.0\r\nContent-Type: " + kind + "; boundary=\"--=_x\"\r\n\r\nPreamble\r\n----=_x\r\n" +
		strings.Join(parts, "\r\n----=_x\r\n") + "\r\n----=_x--\r\n"
}

func TestMHT(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("<p>年度报告")
	if err != nil {
		t.Fatal(err)
	}
	const picture = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo="
	page := func(headers, body string) string { return "Content-Type: text/html" + headers + "\r\n\r\n" + body }
	for name, tt := range map[string]struct{ file, want string }{
		"quoted-printable": {archive("multipart/related", page("; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable", "<p>=E5=B9=B4=\r\n=E5=BA=A6"), picture), "年度"},
		"base64":           {archive("multipart/related", picture, page("; charset=gb2312\r\nContent-Transfer-Encoding: Base64", base64.StdEncoding.EncodeToString([]byte(gbk))[:10]+"\r\n "+base64.StdEncoding.EncodeToString([]byte(gbk))[10:])), "年度报告"},
		"8 bits":           {archive("multipart/related", page("; charset=gbk", gbk)), "年度报告"},
		"charset inside":   {archive("multipart/related", page("", "<meta charset=gbk>"+gbk)), "年度报告"},
		"start":            {archive("multipart/related; start=\"<b>\"", page("\r\nContent-ID: <a>", "<p>x"), page("\r\nContent-ID: <b>", "<p>a"), picture), "a"},
		"start is lost":    {archive("multipart/related; start=\"<c>\"", page("\r\nContent-ID: <a>", "<p>a"), page("\r\nContent-ID: <b>", "<p>x")), "a"},
		"alternatives":     {strings.ReplaceAll(archive("multipart/related", "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nx\r\n--y\r\n"+page("", "<p>a")+"\r\n--y--", picture), "\r\n", "\n"), "a"},
		"one part":         {"From: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>a", "a"},
		"blank lines":      {"\ufeff\r\n\r\n" + archive("multipart/related", page("", "<p>a")), "a"},
	} {
		e, err := readMHT(tt.file, extract.DefaultLimits())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := lines(e.Document); got != "paragraph "+tt.want+"\n" || e.Format != extract.FormatMHT {
			t.Errorf("%s: %s %q, want %q", name, e.Format, got, tt.want)
		}
	}
}

func TestMHTRefused(t *testing.T) {
	small := extract.DefaultLimits()
	small.DecompressedBytes = 1000
	whole := archive("multipart/related", "Content-Type: text/html\r\n\r\n<p>"+strings.Repeat("a", 500))
	for name, tt := range map[string]struct {
		file string
		code extract.Code
	}{
		"nothing":      {"", extract.CodeDamaged},
		"no headers":   {"<p>a", extract.CodeDamaged},
		"no page":      {archive("multipart/related", "Content-Type: text/plain\r\n\r\na"), extract.CodeDamaged},
		"no boundary":  {"Content-Type: multipart/related\r\n\r\na", extract.CodeDamaged},
		"cut":          {whole[:len(whole)-200], extract.CodeDamaged},
		"cut base64":   {archive("multipart/related", "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+Y"), extract.CodeDamaged},
		"too large":    {archive("multipart/related", "Content-Type: text/html\r\n\r\n"+strings.Repeat("a", 2000)), extract.CodeLimit},
		"deep nesting": {strings.Repeat("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", 15), extract.CodeDamaged},
	} {
		e, err := readMHT(tt.file, small)
		if x := extract.AsError(err); x == nil || x.Code != tt.code || e != nil {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
}
