package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"nianbao/extract/sandbox"
)

// newWorker only converts: on more machines than one, with the database and the
// archive of the servers.
func newWorker() *cobra.Command {
	var cfg engineConfig
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "只做转换，供多台机器共用一个 PostgreSQL 和一个 S3 存储",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			errs := []error{cfg.validate()}
			if cfg.Stores.Database == "" {
				errs = append(errs, errors.New("worker 需要 --database（PostgreSQL）：数据目录里的 SQLite 只供一个 serve 使用，它自己会做转换"))
			}
			if err := errors.Join(errs...); err != nil {
				return err
			}
			defer sandbox.CollectByLive()()
			return work(cmd.Context(), cfg, cfg.Watch.logger(cmd.ErrOrStderr()), func(id string) {
				fmt.Fprintf(cmd.OutOrStdout(), "年报转换进程已启动：%s\n", id)
			})
		},
	}
	cfg.flags(cmd.Flags())
	return cmd
}

// work converts until ctx ends.
func work(ctx context.Context, cfg engineConfig, log *slog.Logger, ready func(id string)) error {
	e, err := openEngine(ctx, cfg, log)
	if err != nil {
		return err
	}
	if err := e.start(ctx); err != nil {
		return errors.Join(err, e.stop(ctx))
	}
	ready(e.id)
	<-ctx.Done()
	log.Info("stopping; a second signal ends at once")
	return e.stop(ctx)
}
