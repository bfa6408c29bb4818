package bodies

import "testing"

func TestSameAgency(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"云溪县教育局", "云溪县教育局", true},
		{"云溪县教育局", " 云溪县教育局（本级）", false},
		{"云溪县 教育局", "云溪县教育局", true},
		{"江州市云溪县教育局", "云溪县教育局", true},
		{"江州市云溪县教育局", "江南省江州市云溪县教育局", true},
		{"江州市云溪区教育局", "青柳市云溪区教育局", false},
		{"云溪县教育局", "教育局", false},
		{"教育局", "教育局", true}, // of one scope: nothing speaks against it
		{"云溪县教育局", "云溪县教育体育局", false},
		{"云溪县人民政府", "云溪县", true},
		{"江州市云溪县人民政府", "云溪县人民政府", true},
		{"云溪县人民政府办公室", "云溪县政府办公室", true},
		{"云溪县人民政府", "云溪县人民政府办公室", false},
		{"云溪县青石镇人民政府", "青石镇", true},
		{"松陵街道办事处", "江州市云溪区松陵街道", true},
		{"云溪县青石镇人民政府", "白石县青石镇人民政府", false},
		{"城市管理局", "云溪县城市管理局", false},
		{"", "", false},
	} {
		for _, x := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
			if got := SameAgency(x[0], x[1]); got != tt.same {
				t.Errorf("SameAgency(%q, %q) = %v", x[0], x[1], got)
			}
			if tt.same && AgencyKey(x[0]) != AgencyKey(x[1]) {
				t.Errorf("keys of %q and %q: %q, %q", x[0], x[1], AgencyKey(x[0]), AgencyKey(x[1]))
			}
		}
	}
}
