package main

import (
	"log/slog"
	"strings"
	"testing"

	"nianbao/storage/db/dbtest"
)

// TestSameArchive: who shares a database with another archive is refused; who comes
// with the same archive, or with a database that is new, is not.
func TestSameArchive(t *testing.T) {
	server := dbtest.Server(t)
	source, other := dbtest.NewDatabase(t, server), dbtest.NewDatabase(t, server)
	first, second := t.TempDir(), t.TempDir()
	open := func(data, database string) error {
		cfg := testEngine(data)
		cfg.Stores.Database = database
		e, err := openEngine(t.Context(), cfg, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		return e.stop(t.Context())
	}
	for i, x := range []struct {
		data, database string
		refused        bool
	}{{first, source, false}, {first, source, false}, {second, source, true}, {first, other, false}, {second, other, true}} {
		err := open(x.data, x.database)
		if x.refused != (err != nil) || err != nil && !strings.Contains(err.Error(), "归档") {
			t.Errorf("%d: %v, want refused: %v", i, err, x.refused)
		}
	}
}
