package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"

	"github.com/spf13/pflag"

	"nianbao/api/auth"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
)

// accessConfig says who is let in.
type accessConfig struct {
	Open    bool     // serve others without tokens
	Hosts   []string // names the service answers to
	Proxies []string // whose X-Forwarded headers are believed
}

func (c *accessConfig) flags(f *pflag.FlagSet) {
	f.BoolVar(&c.Open, "open", false, "尚无口令时，也允许在非本机地址上开放服务")
	f.StringSliceVar(&c.Hosts, "allowed-host", nil, "只应答这些主机名（可多个，以逗号分隔）；为空时：监听本机地址则只应答本机名，否则不限")
	f.StringSliceVar(&c.Proxies, "trusted-proxy", nil, "反向代理的地址或网段（可多个，以逗号分隔），只采信它们的 X-Forwarded-For 和 X-Forwarded-Proto")
}

func (c *accessConfig) validate() error {
	if _, err := auth.ParseProxies(c.Proxies); err != nil {
		return fmt.Errorf("--trusted-proxy 有误：%w", err)
	}
	return nil
}

// checkAddress wants an address to listen on.
func checkAddress(flag, address string) error {
	if _, port, err := net.SplitHostPort(address); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%s %q 不是“地址:端口”（如 127.0.0.1:8080，端口 0 到 65535）", flag, address)
}

// hosts are the names that a service at the address answers to.
func (c *accessConfig) hosts(listen string) auth.Hosts {
	host, _, _ := net.SplitHostPort(listen) // validated
	return auth.NewHosts(host, c.Hosts)
}

// errNoTokens keeps a service that others reach from running open by oversight.
var errNoTokens = errors.New("还没有口令，不能在非本机地址上开放服务：请先用 nianbao token create --role admin --name 名称 建立口令；确需开放时请加 --open")

// authority opens the tokens in the database for a service at the address. open
// tells that everybody is let in. Errors: errNoTokens.
func (c *accessConfig) authority(ctx context.Context, d *db.DB, listen string, log *slog.Logger) (a *auth.Authority, open bool, err error) {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, false, err
	}
	proxies, err := auth.ParseProxies(c.Proxies)
	if err != nil {
		return nil, false, err
	}
	mayOpen := c.Open || auth.Loopback(host)
	a, err = auth.New(auth.Config{Store: catalog.NewAuth(d), Open: mayOpen, Proxies: proxies, Log: log})
	if err != nil {
		return nil, false, err
	}
	has, err := a.HasTokens(ctx)
	switch {
	case err != nil:
		return nil, false, err
	case !has && !mayOpen:
		return nil, false, fmt.Errorf("--listen %s：%w", listen, errNoTokens)
	case !has:
		log.Warn("no tokens: everybody who reaches the service is let in", "listen", listen)
	}
	return a, !has, nil
}
