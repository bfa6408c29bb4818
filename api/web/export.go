package web

import (
	"maps"
	"net/url"
)

// exportLinks are the addresses of an export in the formats that people open.
func exportLinks(address string, q url.Values) []link {
	var out []link
	for _, f := range [][2]string{{"xlsx", "Excel"}, {"docx", "Word"}, {"csv", "CSV"}, {"md", "Markdown"}} {
		with := maps.Clone(q)
		if with == nil {
			with = url.Values{}
		}
		with.Set("format", f[0])
		out = append(out, link{Href: address + "?" + with.Encode(), Text: f[1]})
	}
	return out
}
