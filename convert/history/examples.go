package history

import "nianbao/convert/rules"

// ExampleOf is the example of a rule of Catalogue, as [rules.ExampleOf]; false for
// other rules. A test judges each.
func ExampleOf(id string) (rules.Example, bool) {
	e, ok := examples()[id]
	return e, ok
}

func examples() map[string]rules.Example {
	const (
		title   = "云溪县教育局2023年政府信息公开工作年度报告"
		before  = "云溪县教育局2022年政府信息公开工作年度报告"
		county  = "云溪县人民政府2023年政府信息公开工作年度报告"
		health  = "云溪县卫生健康局2023年政府信息公开工作年度报告"
		water   = "云溪县水利局2023年政府信息公开工作年度报告"
		penalty = "proactive_disclosure/administrative_penalties/decisions"
		norms   = "proactive_disclosure/normative_documents/"
		permits = "proactive_disclosure/administrative_licensing/"
		copied  = "今年把全县四十七所学校的招生范围逐条街道画成了图，贴在每所学校门口的公告栏里；家长问得最多的转学材料改成了一张清单，窗口人员照单收件，少一样当场说明。教师招聘的试讲评分表隔天贴出，三名考生来查过底单。"
		own     = "今年把校车的线路和停靠点按村登出，司机的从业资格每学期初更新一次；课后服务的收费由家长委员会核对后公布，退费怎么算另附例题。食堂的采购价每周五贴在门口，和集市的行情放在一起。"
	)
	cells := func(pairs ...string) (out []rules.Figure) {
		for i := 0; i+1 < len(pairs); i += 2 {
			out = append(out, rules.Figure{Path: pairs[i], Value: pairs[i+1]})
		}
		return out
	}
	archived := func(title string, pairs ...string) []rules.Excerpt {
		return []rules.Excerpt{{Title: title, Figures: cells(pairs...)}}
	}
	issued := func(inForce, note string) rules.Passage {
		return rules.Passage{Title: title, Note: note, Figures: cells(norms+"issued", "3", norms+"repealed", "1", norms+"in_force", inForce),
			Archived: archived(before, norms+"in_force", "12")}
	}
	items := func(previous, note string) rules.Passage {
		return rules.Passage{Title: "云溪县教育局2020年政府信息公开工作年度报告", Note: note, Figures: cells(permits+"previous_items", previous),
			Archived: archived("云溪县教育局2019年政府信息公开工作年度报告", permits+"previous_items", "40", permits+"change", "-4")}
	}
	carried := func(n, note string) rules.Passage {
		return rules.Passage{Title: title, Note: note, Figures: cells("applications/carried_over/total", n),
			Archived: archived(before, "applications/carried_forward/total", "3")}
	}
	grew := func(how, note string) rules.Passage {
		return rules.Passage{Title: title, Note: note, Text: "2023年共收到政府信息公开申请120件，" + how + "。", Figures: cells("applications/new/total", "120"),
			Archived: archived(before, "applications/new/total", "100")}
	}
	below := []rules.Excerpt{{Title: health, Figures: cells(penalty, "10")}, {Title: water, Figures: cells(penalty, "20")}}
	return map[string]rules.Example{
		"history.carry_over": {
			Wrong: carried("2", "上年结转下年度继续办理3件，今年的上年结转写了2件。"),
			Right: carried("3", ""),
		},
		"history.in_force": {
			Wrong: issued("15", "12＋3－1＝14，现行有效件数写了15。"),
			Right: issued("14", ""),
		},
		"history.previous_items": {Form: "2019",
			Wrong: items("44", "40－4＝36，上一年项目数量写了44。"),
			Right: items("36", ""),
		},
		"history.copied": {
			Wrong: rules.Passage{Title: title, Text: copied, Archived: []rules.Excerpt{{Title: before, Text: copied}}},
			Right: rules.Passage{Title: title, Text: own, Archived: []rules.Excerpt{{Title: before, Text: copied}}},
		},
		"history.jump": {
			Wrong: rules.Passage{Title: title, Figures: cells(penalty, "4500"), Archived: archived(before, penalty, "43"), Note: "增加了一百多倍，疑为多写了数字。确实如此的，不必改。"},
			Right: rules.Passage{Title: title, Figures: cells(penalty, "45"), Archived: archived(before, penalty, "43")},
		},
		"history.growth": {
			Wrong: grew("同比增长15%", "120件比100件多20%，写了15%。"),
			Right: grew("同比增长20%", ""),
		},
		"rollup.mismatch": {
			Wrong: rules.Passage{Title: county, Figures: cells(penalty, "29"), Archived: below, Note: "10＋20＝30，写了29。"},
			Right: rules.Passage{Title: county, Figures: cells(penalty, "30"), Archived: below},
		},
		"rollup.child_missing": {
			Wrong: rules.Passage{Title: county, Archived: below[:1], Note: "名单上的下级还有云溪县水利局。"},
			Right: rules.Passage{Title: county, Archived: below},
		},
	}
}
