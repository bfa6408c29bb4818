package review

import (
	"maps"

	"nianbao/convert/report"
)

// Corrected is a result with the corrections put into its report and its provenance,
// as other reports, lists and exports see it. Its validation stays the program's. The
// result itself is not changed.
func Corrected(res *report.Result, corrections []report.Correction) *report.Result {
	out := *res
	for _, key := range []string{"proactive_disclosure", "applications", "legal_challenges"} {
		out.Report.SetTable(key, res.Report.Table(key).Clone())
	}
	out.Provenance = maps.Clone(res.Provenance)
	if out.Provenance == nil {
		out.Provenance = map[string]report.Place{}
	}
	Apply(corrections, &out.Report, out.Provenance)
	return &out
}
