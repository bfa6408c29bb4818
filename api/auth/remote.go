package auth

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the reverse proxies whose X-Forwarded-For and
// X-Forwarded-Proto are believed; nobody else's are. Nil: nobody's.
type Proxies []netip.Prefix

func (p Proxies) trust(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(a) })
}

// Remote is the address of the client; the zero Addr where the connection has
// none (a unix socket). Of a chain of proxies it is the last address that is not
// one of ours: all before it may be invented.
func (p Proxies) Remote(r *http.Request) netip.Addr {
	addr := peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.trust(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap().WithZone("")
	}
	return addr
}

// Secure tells whether the client's connection is encrypted.
func (p Proxies) Secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	proto := r.Header.Values("X-Forwarded-Proto")
	return len(proto) > 0 && strings.EqualFold(proto[len(proto)-1], "https") && p.trust(peer(r))
}

func peer(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// ParseProxies reads addresses and networks ("10.0.0.5", "10.0.0.0/24"). Its error
// is in words for the user.
func ParseProxies(list []string) (Proxies, error) {
	var out Proxies
	for _, s := range list {
		if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		n, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("%q 不是地址或网段（如 10.0.0.5、10.0.0.0/24）", s)
		}
		out = append(out, n.Masked())
	}
	return out, nil
}

// Hosts are the names under which the service answers. A name that an attacker
// lets point to a loopback address (DNS rebinding) would make his page one of
// ours for the browser, so on a loopback address only its names are answered.
type Hosts struct {
	any   bool
	names []string
}

// NewHosts makes the Hosts of a service that listens on the host: loopback names
// on a loopback address, otherwise any; with names these, the host itself, which
// health checks ask for, and the loopback ones.
func NewHosts(listen string, names []string) Hosts {
	h := Hosts{any: len(names) == 0 && !Loopback(listen)}
	for _, n := range append([]string{listen}, names...) {
		h.names = append(h.names, strings.ToLower(n))
	}
	return h
}

// Allow tells whether a request's Host is one of the names; the port is not
// looked at, proxies and tunnels change it.
func (h Hosts) Allow(host string) bool {
	if h.any {
		return true
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	return host != "" && (Loopback(host) || slices.Contains(h.names, host))
}

// Loopback tells whether a host, a name or an address, is this machine only.
func Loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}
