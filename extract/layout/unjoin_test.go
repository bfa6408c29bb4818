package layout

import "testing"

// A join can be undone: the pieces are those that each page shows by itself.
func TestJoinCanBeUndone(t *testing.T) {
	groups := []float64{60, 130, 250, 300}
	tests := map[string]func(a, b *sketch){
		"rows": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"项目", "制发", "废止", "现行"}, []string{"规章", "1", "", "3"})
			b.plain(fourColumns, 60, 20, []string{"文件", "4", "5", "6"}, []string{"合计", "5", "", "9"})
		},
		"repeated header": func(a, b *sketch) {
			head := []string{"项目", "一季度", "二季度", "全年"}
			a.plain(fourColumns, 720, 20, head, []string{"甲", "1", "2", "3"})
			b.plain(fourColumns, 60, 20, head, []string{"乙", "1", "2", "3"})
		},
		"row cut in its text": func(a, b *sketch) {
			a.table(labelColumns, []float64{700, 720, 740},
				cellAt{0, 0, 2, 1, "三、\n结果"}, cellAt{0, 1, 1, 2, "（一）予以公开"}, cellAt{0, 3, 1, 1, "1"}, cellAt{0, 4, 1, 1, "2"},
				cellAt{1, 1, 1, 1, "（四）无"}, cellAt{1, 2, 1, 1, "1.本机关不掌握相关政府"}, cellAt{1, 3, 1, 1, "5"}, cellAt{1, 4, 1, 1, "6"})
			b.table(labelColumns, []float64{60, 80, 100},
				cellAt{0, 0, 1, 1, ""}, cellAt{0, 1, 1, 1, "法提供"}, cellAt{0, 2, 1, 1, "信息公开的"}, cellAt{0, 3, 1, 1, ""}, cellAt{0, 4, 1, 1, ""},
				cellAt{1, 0, 1, 1, "四"}, cellAt{1, 1, 1, 2, "结转"}, cellAt{1, 3, 1, 1, "9"}, cellAt{1, 4, 1, 1, "0"})
		},
		"row cut between label and values": func(a, b *sketch) {
			a.plain(fourColumns, 720, 20, []string{"项目", "制发", "废止", "现行"}, []string{"行政规范性文件", "", "", ""})
			b.plain(fourColumns, 60, 20, []string{"", "4", "5", "6"}, []string{"合计", "7", "8", "9"})
		},
		"group label over both pages": func(a, b *sketch) {
			a.table(groups, []float64{700, 720, 740},
				cellAt{0, 0, 2, 1, "（五）不予\n处理"}, cellAt{0, 1, 1, 1, "1.信访"}, cellAt{0, 2, 1, 1, "1"},
				cellAt{1, 1, 1, 1, "2.重复"}, cellAt{1, 2, 1, 1, "2"})
			b.table(groups, []float64{60, 80, 100},
				cellAt{0, 0, 1, 1, ""}, cellAt{0, 1, 1, 1, "3.出版物"}, cellAt{0, 2, 1, 1, "3"},
				cellAt{1, 0, 1, 1, "（六）其他"}, cellAt{1, 1, 1, 1, "1.逾期"}, cellAt{1, 2, 1, 1, "4"})
		},
	}
	for name, draw := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := newSketch(1), newSketch(2)
			draw(a, b)
			joined, _ := build(t, a, b)
			if len(joined.Tables) != 1 || len(joined.Tables[0].Joined) != 2 {
				t.Fatalf("not joined: %d tables", len(joined.Tables))
			}
			pieces := joined.Tables[0].Unjoin()
			for i, s := range []*sketch{a, b} {
				alone, _ := build(t, s)
				if got, want := show(pieces[i]), show(alone.Tables[0]); got != want {
					t.Errorf("piece %d:\n%s\nwant\n%s", i, got, want)
				}
				for _, c := range pieces[i].Cells {
					if *c.Page != i+1 || c.BBox == nil && joined.Tables[0].Joined[i].HeaderDropped == 0 {
						t.Errorf("piece %d: cell %q on page %d at %v", i, c.Text, *c.Page, c.BBox)
					}
				}
			}
		})
	}
}
