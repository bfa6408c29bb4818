package catalog_test

import (
	"testing"

	"nianbao/api/auth"
	"nianbao/api/auth/authtest"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

func TestAuthStore(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, open func(t testing.TB) *db.DB) {
		authtest.Run(t, func(t testing.TB) auth.Store { return catalog.NewAuth(open(t)) })
	})
}
