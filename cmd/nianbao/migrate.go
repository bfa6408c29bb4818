package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"nianbao/storage/queue"
)

// newMigrate brings the database up to date. Every command does that when it opens
// it; this one is for who wants it done before the servers start.
func newMigrate() *cobra.Command {
	var stores storeConfig
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "把数据库的表更新到本版本（serve 和 worker 启动时也会自动更新）",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if err := stores.validate(); err != nil {
				return err
			}
			d, err := stores.openDatabase(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, d.Close()) }()
			if _, err := queue.Open(cmd.Context(), d); err != nil {
				return err
			}
			version, err := d.Version(cmd.Context())
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "数据库 %s 的表已是本版本所需：版本 %d\n", d, version)
			return nil
		},
	}
	stores.flags(cmd.Flags())
	return cmd
}
