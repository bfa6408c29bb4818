package catalog_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/convert/report"
	"nianbao/storage/catalog"
	"nianbao/storage/catalog/catalogtest"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
	"nianbao/storage/queue"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCatalog(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, open func(testing.TB) *db.DB) {
		fresh := func(t *testing.T) catalogtest.Stock {
			d := open(t)
			q, err := queue.Open(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			return catalogtest.Stock{Catalog: catalog.New(d, q), DB: d}
		}
		catalogtest.Run(t, fresh)
		t.Run("ways", func(t *testing.T) {
			catalogtest.RunWays(t, catalog.FewAndSlow(fresh(t).Catalog.(*catalog.Catalog), 20, 45))
		})
		catalogtest.RunBodies(t, func(t *testing.T) catalogtest.Store { return fresh(t).Catalog.(catalogtest.Store) })
	})
}

// BenchmarkWork takes reports through a catalog on SQLite: entered as waiting, and
// replaced by what they became.
func BenchmarkWork(b *testing.B) {
	d := dbtest.SQLite(b)
	q, err := queue.Open(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	c := catalog.New(d, q)
	received := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		sum := sha256.Sum256(fmt.Append(nil, n))
		digest := hex.EncodeToString(sum[:])
		row := intake.Row{Summary: intake.Summary{
			ID: intake.IDOf(digest), State: intake.StateQueued, Filename: fmt.Sprintf("年报%d.docx", n), SHA256: digest,
			SizeBytes: 120_000, ReceivedAt: received.Add(time.Duration(n) * time.Second), Review: intake.Tally{State: report.Unreviewed},
		}}
		if created, err := c.Insert(b.Context(), row); err != nil || !created {
			b.Fatal(created, err)
		}
		title, agency, year := fmt.Sprintf("云溪县第%d局2023年政府信息公开工作年度报告", n), fmt.Sprintf("云溪县第%d局", n), 2023
		row.State, row.Title, row.Agency, row.Year, row.Form, row.Status = intake.StateDone, &title, &agency, &year, "2021", "warn"
		row.Warnings, row.Review.OpenWarnings = 2, 2
		row.Hits = []intake.Hit{{Rule: "table.cell_blank", Severity: report.SeverityWarning, Count: 2}}
		if err := c.Update(b.Context(), row); err != nil {
			b.Fatal(err)
		}
	}
}
