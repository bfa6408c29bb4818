package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// What must not happen is named, and fails the command.
func TestCorpusNamesWhatMustNotHappen(t *testing.T) {
	good := []outcome{
		{Path: "a.pdf", Code: "ok", Seconds: 9.9, Memory: 500 << 20},
		{Path: "b.pdf", Code: "limit_exceeded", Limit: "memory_bytes=536870912", Died: "memory", Memory: 530 << 20},
		{Path: "c.pdf", Code: "conversion_timeout", Died: "killed", Seconds: 10},
	}
	var out bytes.Buffer
	if err := printOutcomes(&out, good); err != nil {
		t.Errorf("harmless outcomes: %v\n%s", err, out.String())
	}
	for want, o := range map[string]outcome{
		"无类别的错误":        {Code: "untyped", Detail: "broken pipe"},
		"进程崩溃（panic）":   {Code: "damaged", Died: "panic"},
		"进程崩溃（unknown）": {Code: "damaged", Died: "unknown"},
		"10.5 秒":        {Code: "ok", Seconds: 10.5},
		"700 MiB":       {Code: "ok", Memory: 700 << 20},
	} {
		out.Reset()
		o.Path = "x.pdf"
		if err := printOutcomes(&out, append(good, o)); !errors.Is(err, exitFailed) {
			t.Errorf("%s: error %v", want, err)
		}
		if !strings.Contains(out.String(), "不允许：x.pdf：") || !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said:\n%s", want, out.String())
		}
	}
}
