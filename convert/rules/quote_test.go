package rules

import (
	"strings"
	"testing"
)

// A share that its own words do not name is called by the whole beside it.
func TestShareWithoutName(t *testing.T) {
	x := newFixture(t, "2021", 1)
	x.say("主动公开文件137条，占全年公开信息284条的52.8%。")
	if got := dump(Judge(Input{Reading: x.reading, Document: x.doc}).Findings); !strings.Contains(got, "写“占全年公开信息284条的”52.8%") {
		t.Error(got)
	}
}

func TestRunesBetween(t *testing.T) {
	for _, c := range []struct {
		from, to int
		want     string
		ok       bool
	}{{0, 0, "", true}, {0, 2, "公开", true}, {1, 3, "开a", true}, {3, 4, "年", true}, {2, 5, "", false}, {-1, 2, "", false}, {3, 2, "", false}} {
		got, ok := runesBetween("公开a年", c.from, c.to)
		if ok != c.ok || ok && string(got) != c.want {
			t.Errorf("[%d, %d): %q, %v", c.from, c.to, string(got), ok)
		}
	}
}
