package catalog_test

import (
	"testing"

	"go.uber.org/goleak"

	"nianbao/convert/intake"
	"nianbao/storage/catalog"
	"nianbao/storage/catalog/catalogtest"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCatalog(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, open func(testing.TB) *db.DB) {
		catalogtest.Run(t, func(t *testing.T) intake.Catalog { return catalog.New(open(t)) })
	})
}
