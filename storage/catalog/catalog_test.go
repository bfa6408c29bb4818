package catalog_test

import (
	"testing"

	"go.uber.org/goleak"

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
