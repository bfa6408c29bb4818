package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"nianbao/storage/db"
)

// newRebuild makes the catalog anew from the archive.
func newRebuild() *cobra.Command {
	var cfg engineConfig
	var yes bool
	cmd := &cobra.Command{
		Use:   "rebuild",
		Short: "只凭归档重建目录库（口令、会话、操作记录不在归档里，原样保留）",
		Long: `清空目录库中的报告和批次，再按归档里的原件、事件和结果重建；没有结果的报告重新排队。
口令、会话、操作记录和 Idempotency-Key 不在归档里：库里有的原样保留，丢了的只能用 backup restore 还原。
须先停止所有 serve 和 worker。归档不作任何改动；中断后可以重来。`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.validate(); err != nil {
				return err
			}
			if !yes {
				return errors.New("rebuild 会先清空目录库中的报告和批次，再按归档重建。确认请加 --yes")
			}
			return rebuild(cmd.Context(), cfg, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cfg.flags(cmd.Flags())
	cmd.Flags().BoolVar(&yes, "yes", false, "确认")
	return cmd
}

// seenLately is how long ago a worker may have said that it lives, to be alive.
const seenLately = 20 * time.Second

func rebuild(ctx context.Context, cfg engineConfig, stdout, stderr io.Writer) (err error) {
	log := slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	e, err := openEngine(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.stop(ctx)) }()
	workers, err := e.catalog.Workers(ctx, time.Now().Add(-seenLately))
	if err != nil {
		return err
	}
	if len(workers) > 0 && e.db.Dialect == db.Postgres { // SQLite has its lock
		return fmt.Errorf("还有 %d 个进程在使用这个目录库（如 %s）：请先停止所有 serve 和 worker，等 %s 后再试", len(workers), workers[0].ID, seenLately)
	}
	if err := e.catalog.Clear(ctx); err != nil {
		return err
	}
	if err := e.bodies.Sync(ctx); err != nil { // reports find their bodies when they are written
		return fmt.Errorf("归档中的编制主体名单不能读取：%w", err)
	}
	reports, damaged, err := e.service.Rebuild(ctx)
	if err != nil {
		return fmt.Errorf("重建中断（已清空的目录库可以再次运行 rebuild 补全）：%w", err)
	}
	depth, _, err := e.catalog.Backlog(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "已重建：%d 份报告", reports)
	if depth > 0 {
		fmt.Fprintf(stdout, "，其中 %d 份没有结果，已排队，启动 serve 或 worker 后转换", depth)
	}
	fmt.Fprintln(stdout, "。口令、会话、操作记录不在归档里，未作改动。\n重建只读记录，没有核对原件；请运行 nianbao verify 核对。")
	if damaged > 0 {
		fmt.Fprintf(stdout, "归档中有 %d 条记录读不出，已略过：请运行 nianbao verify 查看。\n", damaged)
		return exitFailed
	}
	return nil
}
