package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"nianbao/api/auth"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
)

// newToken manages the tokens in the database that a service uses, also while it
// runs.
func newToken() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "建立、列出、吊销口令",
		Args:  arguments(0, 0),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTokenCreate(), newTokenList(), newTokenRevoke())
	return cmd
}

// withAuthority opens the database for f. What f changes is in the audit as the
// command line's.
func withAuthority(ctx context.Context, c *storeConfig, f func(context.Context, *auth.Authority, *db.DB) error) (err error) {
	d, err := c.openDatabase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	a, err := auth.New(auth.Config{Store: catalog.NewAuth(d)})
	if err != nil {
		return err
	}
	return f(auth.With(ctx, auth.Identity{Name: "（命令行）"}), a, d)
}

func newTokenCreate() *cobra.Command {
	var stores storeConfig
	var role, expires string
	var draft auth.Draft
	cmd := &cobra.Command{
		Use:   "create --role reader|uploader|admin --name NAME",
		Short: "建立口令，只显示这一次",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			draft.Role = auth.Role(role)
			if draft.Expires, err = auth.ParseExpiry(expires, time.Now()); err != nil {
				return err
			}
			return withAuthority(cmd.Context(), &stores, func(ctx context.Context, a *auth.Authority, d *db.DB) error {
				secret, t, err := a.Create(ctx, draft)
				if errors.Is(err, auth.ErrNameTaken) {
					return fmt.Errorf("已有名称为“%s”的口令在用：请换一个名称，或先用 token revoke 吊销它", draft.Name)
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "口令编号 %s，%s。下面的口令不会再显示，请现在保存：\n", t.ID, ends(&t))
				fmt.Fprintln(cmd.OutOrStdout(), secret)
				return warnOfUnknown(ctx, cmd.ErrOrStderr(), d, draft.Bodies)
			})
		},
	}
	stores.databaseFlags(cmd.Flags())
	cmd.Flags().StringVar(&role, "role", "", "角色：reader 查看，uploader 上传，admin 管理")
	cmd.Flags().StringVar(&draft.Name, "name", "", "名称：谁的口令；上传和审计记在这个名下")
	cmd.Flags().StringSliceVar(&draft.Bodies, "body", nil, "只看这些主体的报告（主体编号，可多个）")
	cmd.Flags().StringVar(&expires, "expires", "", "有效期，如 90d、12h；为空则不过期")
	return cmd
}

// warnOfUnknown names the bodies that the list does not have yet: a slip leaves the
// token's owner without reports.
func warnOfUnknown(ctx context.Context, w io.Writer, d *db.DB, ids []string) error {
	list, err := catalog.New(d, nil).Bodies(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, ok := list.Get(id); !ok {
			fmt.Fprintf(w, "注意：编制主体名单中没有 %q，导入这个主体之前口令看不到任何它的报告（用 bodies list 查看编号）。\n", id)
		}
	}
	return nil
}

func newTokenList() *cobra.Command {
	var stores storeConfig
	cmd := &cobra.Command{
		Use:   "list",
		Short: "列出口令（不含口令本身）",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return withAuthority(cmd.Context(), &stores, func(ctx context.Context, a *auth.Authority, _ *db.DB) error {
				all, err := a.List(ctx)
				if err != nil {
					return err
				}
				return printTokens(cmd.OutOrStdout(), all, time.Now())
			})
		},
	}
	stores.databaseFlags(cmd.Flags())
	return cmd
}

func newTokenRevoke() *cobra.Command {
	var stores storeConfig
	cmd := &cobra.Command{
		Use:   "revoke ID",
		Short: "吊销口令，立即生效",
		Args:  arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withAuthority(cmd.Context(), &stores, func(ctx context.Context, a *auth.Authority, _ *db.DB) error {
				err := a.Revoke(ctx, args[0])
				if errors.Is(err, auth.ErrNotFound) {
					return fmt.Errorf("没有编号为 %q 的口令（用 token list 查看）", args[0])
				}
				if err == nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "口令 %s 已吊销，用它登录的页面也已退出。\n", args[0])
				}
				return err
			})
		},
	}
	stores.databaseFlags(cmd.Flags())
	return cmd
}

// printTokens prints a table, one token a line.
func printTokens(w io.Writer, all []auth.Token, now time.Time) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "编号\t角色\t名称\t主体\t建立\t最近使用\t状态")
	for i := range all {
		k := &all[i]
		used, bodies := "—", "—"
		if !k.LastUsed.IsZero() {
			used = day(k.LastUsed)
		}
		if len(k.Bodies) > 0 {
			bodies = strings.Join(k.Bodies, ",")
		}
		state := ends(k)
		if k.Revoked.IsZero() && !k.Live(now) {
			state = "已过期"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.Role, k.Name, bodies, day(k.Created), used, state)
	}
	return t.Flush()
}

// ends says until when a token is good.
func ends(t *auth.Token) string {
	switch {
	case !t.Revoked.IsZero():
		return "已吊销"
	case t.Expires.IsZero():
		return "不过期"
	}
	return "有效至 " + day(t.Expires)
}

func day(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
