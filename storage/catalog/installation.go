package catalog

import (
	"context"
	"fmt"
)

// Archive is the name of the archive that this database is the catalog of. The
// first to say one has it: offered is kept where there is none; empty offers
// nothing. Servers and workers that share a database find out by it that they do
// not share the archive.
func (c *Catalog) Archive(ctx context.Context, offered string) (name string, err error) {
	if offered != "" {
		_, err := c.db.ExecContext(ctx, `insert into installation (name, value) values ('archive', $1) on conflict (name) do nothing`, offered)
		if err != nil {
			return "", fmt.Errorf("catalog: installation: %w", err)
		}
	}
	names, err := texts(c.db.QueryContext(ctx, `select value from installation where name = 'archive'`))
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
