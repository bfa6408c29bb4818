package web

import (
	"context"

	"nianbao/api/auth"
)

// entry is one of the navigation.
type entry struct {
	Name, Path string
	Nav        string // what layout.Nav of its pages is
	Current    bool
}

// mainEntries and moreEntries are the navigation: what is done every day, and
// what stands under 更多. An entry whose address the service does not have is
// left out, and so is one that the asker may not open.
func mainEntries() []entry {
	return []entry{
		{Name: "概览", Path: "/", Nav: "home"},
		{Name: "报告", Path: "/reports", Nav: "reports"},
		{Name: "上传", Path: "/upload", Nav: "upload"},
		{Name: "比较", Path: "/compare", Nav: "compare"},
		{Name: "名单", Path: "/bodies", Nav: "bodies"},
		{Name: "批次", Path: "/batches", Nav: "batches"},
	}
}

func moreEntries() []entry {
	return []entry{
		{Name: "检查规则", Path: "/rules", Nav: "rules"},
		{Name: "口令", Path: "/tokens", Nav: "tokens"},
		{Name: "操作记录", Path: "/audit", Nav: "audit"},
		{Name: "设置", Path: "/settings", Nav: "settings"},
		{Name: "关于", Path: "/about", Nav: "about"},
		{Name: "接口", Path: "/docs", Nav: "docs"},
	}
}

// navigation is what the layout shows of it.
type navigation struct {
	Main, More []entry
	InMore     string // name of the current entry under 更多
}

// navigation is for whoever asks, on a page of that entry.
func (p *Pages) navigation(ctx context.Context, current string) (n navigation) {
	open := func(all []entry) (out []entry) {
		for _, e := range all {
			action, known := p.cfg.Action(e.Path)
			if known && (auth.IsPublic(action) || auth.Require(ctx, action) == nil) {
				e.Current = e.Nav == current
				out = append(out, e)
			}
		}
		return out
	}
	n.Main, n.More = open(mainEntries()), open(moreEntries())
	for _, e := range n.More {
		if e.Current {
			n.InMore = e.Name
		}
	}
	return n
}

// may tells whether whoever asks may open the path.
func (p *Pages) may(ctx context.Context, path string) bool {
	action, known := p.cfg.Action(path)
	return known && auth.Require(ctx, action) == nil
}
