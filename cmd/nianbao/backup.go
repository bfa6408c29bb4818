package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"nianbao/storage/backup"
)

func newBackup() *cobra.Command {
	var stores storeConfig
	var output string
	cmd := &cobra.Command{
		Use:   "backup -o FILE",
		Short: "备份归档还原不了的数据：口令、会话、操作记录等",
		Long: `把数据库中不能由归档重建的表写成一个文件（zip，各表为 NDJSON，带校验值）。服务运行时也可以备份。
报告、结果、批次不在其中：它们由归档重建。文件含口令的散列值和操作记录，请像数据库一样保管。`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runBackup(cmd.Context(), cmd.OutOrStdout(), stores, output)
		},
	}
	stores.databaseFlags(cmd.Flags())
	cmd.Flags().StringVarP(&output, "output", "o", "", "备份文件，不得已存在")
	cmd.AddCommand(newBackupRestore())
	return cmd
}

func runBackup(ctx context.Context, stdout io.Writer, stores storeConfig, output string) (err error) {
	errs := []error{stores.validateDatabase()}
	if output == "" {
		errs = append(errs, errors.New("缺少 --output"))
	} else if _, err := os.Lstat(output); !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, fmt.Errorf("%s 已存在", output))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	d, err := stores.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var m *backup.Manifest
	err = writeFile(output, func(w io.Writer) (err error) {
		m, err = backup.Write(ctx, d, w, programVersion(), time.Now())
		return err
	})
	if err != nil {
		return fmt.Errorf("没有备份：%w", err)
	}
	fmt.Fprintf(stdout, "已备份 %d 张表，%d 行：%s\n", len(m.Tables), m.Rows(), output)
	return nil
}

// writeFile writes a new file with mode 0600: beside its place, and there when it
// is whole and durable.
func writeFile(name string, write func(io.Writer) error) (err error) {
	part := name + ".part"
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(part))
		}
	}()
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, name)
}

// writeOut writes the file of that name, or prints where there is none.
func writeOut(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "" {
		return write(stdout)
	}
	return writeFile(name, write)
}

func newBackupRestore() *cobra.Command {
	var stores storeConfig
	var replace bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "把备份还原到数据库；请先停止服务",
		Long: `全部还原，或者什么也不改动。SQLite 和 PostgreSQL 的备份可以互相还原。
还原前请停止全部服务；已有数据时拒绝，除非加 --replace。`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRestore(cmd.Context(), cmd.OutOrStdout(), stores, args[0], replace)
		},
	}
	stores.databaseFlags(cmd.Flags())
	cmd.Flags().BoolVar(&replace, "replace", false, "先清空数据库中的这些表")
	return cmd
}

func runRestore(ctx context.Context, stdout io.Writer, stores storeConfig, name string, replace bool) (err error) {
	if stores.Database == "" && stores.Data == "" {
		return errors.New("--data 不得为空")
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("不能读取备份：%w", err)
	}
	defer func() { _ = f.Close() }() // was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	b, err := backup.Open(f, info.Size())
	if err != nil {
		return restoreError(name, err)
	}
	lock, err := stores.lockDatabase()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	d, err := stores.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := b.Restore(ctx, d, replace); err != nil {
		return restoreError(name, err)
	}
	fmt.Fprintf(stdout, "已还原 %s（%s 由 %s 备份）：%d 张表，%d 行\n", name, b.Manifest.CreatedAt.Format(time.RFC3339), b.Manifest.Program,
		len(b.Manifest.Tables), b.Manifest.Rows())
	return nil
}

func restoreError(name string, err error) error {
	switch {
	case errors.Is(err, backup.ErrDamaged):
		return fmt.Errorf("%s 已损坏或不是备份，没有还原：%w", name, err)
	case errors.Is(err, backup.ErrNotEmpty):
		return fmt.Errorf("数据库中已有数据，没有还原（确需替换时请加 --replace）：%w", err)
	case errors.Is(err, backup.ErrNewer):
		return fmt.Errorf("%s 由更新的版本备份，本程序不能还原：%w", name, err)
	}
	return fmt.Errorf("没有还原：%w", err)
}
