package auth

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func TestRemote(t *testing.T) {
	p, err := ParseProxies([]string{"10.0.0.0/24", "127.0.0.1", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:5", "", "192.0.2.1"},
		{"192.0.2.1:5", "198.51.100.9", "192.0.2.1"}, // no proxy of ours
		{"127.0.0.1:5", "198.51.100.9", "198.51.100.9"},
		{"127.0.0.1:5", "6.6.6.6, 198.51.100.9", "198.51.100.9"}, // the first is what the client says
		{"127.0.0.1:5", "198.51.100.9, 10.0.0.7", "198.51.100.9"},
		{"127.0.0.1:5", "10.0.0.8, 10.0.0.7", "10.0.0.8"},
		{"127.0.0.1:5", "nonsense", "127.0.0.1"},
		{"127.0.0.1:5", "198.51.100.9, nonsense", "127.0.0.1"},
		{"[fd00::1]:5", "2001:db8::1", "2001:db8::1"},
		{"[::ffff:127.0.0.1]:5", "::ffff:198.51.100.9", "198.51.100.9"},
		{"@", "198.51.100.9", "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": {c.forwarded}}}
		if got := p.Remote(r).String(); got != c.want {
			t.Errorf("%s for %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
	for _, bad := range []string{"", "x", "10.0.0.0/99", "example.org"} {
		if _, err := ParseProxies([]string{bad}); err == nil {
			t.Errorf("%q is taken for a network", bad)
		}
	}
}

func TestSecure(t *testing.T) {
	p, _ := ParseProxies([]string{"127.0.0.1"})
	for _, c := range []struct {
		peer, proto string
		tls, want   bool
	}{
		{"192.0.2.1:5", "", true, true}, {"192.0.2.1:5", "https", false, false}, {"127.0.0.1:5", "https", false, true},
		{"127.0.0.1:5", "http", false, false}, {"127.0.0.1:5", "", false, false},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: http.Header{}}
		if c.proto != "" {
			r.Header.Set("X-Forwarded-Proto", c.proto)
		}
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if got := p.Secure(r); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestHosts(t *testing.T) {
	own := "localhost LOCALHOST:8080 127.0.0.1 127.0.0.1:8080 127.9.9.9:1 [::1]:8080 ::1 localhost."
	strange := "evil.example evil.example:8080 localhost.evil.example 127.0.0.1.evil.example 10.0.0.1:8080 0.0.0.0"
	names := "nianbao.example NIANBAO.example:443 nianbao.example.:443"
	for _, c := range []struct {
		listen string
		list   []string
		allow  string
		refuse string
	}{
		{"127.0.0.1", nil, own, strange + " " + names},
		{"localhost", nil, own, strange},
		{"::1", []string{"nianbao.Example"}, own + " " + names, strange},
		{"0.0.0.0", []string{"nianbao.example"}, own + " " + names, strings.TrimSuffix(strange, " 0.0.0.0")},
		{"10.0.0.1", []string{"nianbao.example"}, own + " 10.0.0.1:8080 " + names, "evil.example 10.0.0.2"},
		{"0.0.0.0", nil, own + " " + names + " " + strange, ""},
	} {
		h := NewHosts(c.listen, c.list)
		for _, host := range strings.Fields(c.allow) {
			if !h.Allow(host) {
				t.Errorf("%s %v: %s is refused", c.listen, c.list, host)
			}
		}
		for _, host := range strings.Fields(c.refuse) {
			if h.Allow(host) {
				t.Errorf("%s %v: %s is allowed", c.listen, c.list, host)
			}
		}
	}
	if h := NewHosts("", []string{"a"}); h.Allow("") || NewHosts("127.0.0.1", nil).Allow("") {
		t.Error("no name is allowed")
	}
}

func TestLocalPath(t *testing.T) {
	for _, good := range []string{"/", "/reports/abc", "/?agency=%E4%BA%91&year=2024", "/reports/a%2Fb", "/rules?next=https://x.example/"} {
		if got := LocalPath(good); got != good {
			t.Errorf("%s became %s", good, got)
		}
	}
	for _, bad := range []string{
		"", "reports", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
		"/\n/evil.example", " /", "/ /x", "javascript:alert(1)", "/..//evil.example", "/.//evil.example", "/%2e%2e//evil.example", "/a/../..//evil.example",
		"/%0d%0aSet-Cookie:x", "/%5cevil.example", "/login", "/login?next=/x", "/" + strings.Repeat("a", maxNext), "/" + strings.Repeat("年", maxNext/3-1), "/%", "http:/evil.example",
	} {
		if got := LocalPath(bad); got != "/" {
			t.Errorf("%q became %q", bad, got)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/a?b#c", "//x", "/\\x", "/%2f/x", "/.//x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, next string) {
		got := LocalPath(next)
		if !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\r\n\t\x00 ") {
			t.Errorf("%q became %q", next, got)
		}
		if again := LocalPath(got); again != got {
			t.Errorf("%q became %q, and that %q", next, got, again)
		}
	})
}

func TestLimiterIsBounded(t *testing.T) {
	l, now := newLimiter(), time.Unix(1_000_000, 0)
	for i := range maxAddresses + 500 {
		a := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		if err := l.fail(a, now); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(l.full); n > maxAddresses {
		t.Errorf("%d addresses are kept", n)
	}
	later := now.Add(failEvery)
	if err := l.fail(netip.MustParseAddr("192.0.2.1"), later); err != nil || len(l.full) != 1 {
		t.Errorf("%v; %d addresses are kept, all but one of which are full again", err, len(l.full))
	}
}

// A customer's IPv6 addresses are one client.
func TestLimiterKeys(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"2001:db8::1", "2001:db8::ffff:2", true}, {"2001:db8::1", "2001:db8:0:1::1", false},
		{"192.0.2.1", "192.0.2.2", false}, {"192.0.2.1", "::ffff:192.0.2.1", true}, {"fe80::1%eth0", "fe80::2", true},
	} {
		if got := client(netip.MustParseAddr(c.a)) == client(netip.MustParseAddr(c.b)); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
	if l := newLimiter(); l.fail(netip.Addr{}, time.Unix(0, 0)) != nil || len(l.full) != 1 {
		t.Error("a client without address is not counted")
	}
}

func TestSecretForm(t *testing.T) {
	text, id, hash := newSecret()
	if got, ok := parseSecret(text); !ok || got != id {
		t.Errorf("parseSecret(%q) = %q, %v", text, got, ok)
	}
	tok := Token{Hash: hash}
	if !tok.matches(text) || tok.matches(text+" ") || (&Token{}).matches(text) || (&Token{}).matches("") {
		t.Error("matches")
	}
	for _, bad := range []string{"", "nb_", text[3:], text + "A", text[:45], "NB_" + text[3:], text[:20] + "\r\n" + text[20:], text[:20] + "+" + text[21:], text + "="} {
		if id, ok := parseSecret(bad); ok {
			t.Errorf("%q has the form of a token, id %s", bad, id)
		}
	}
}
