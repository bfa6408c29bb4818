package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// tokenPrefix lets people and secret scanners recognise a token.
	tokenPrefix = "nb_"
	secretBytes = 32
	// idBytes of the secret are its public id; the other 22 are what counts.
	idBytes = 10
)

const (
	maxNameRunes = 64
	maxBodies    = 1000
	maxBodyID    = 64    // bytes
	maxDays      = 36500 // a century; far more would overflow
)

// Hash is the SHA-256 of a secret.
type Hash [sha256.Size]byte

// Token is what is kept of a token. Times are UTC with microseconds.
type Token struct {
	ID      string // 16 characters of lower-case base32
	Hash    Hash
	Name    string
	Role    Role
	Bodies  []string
	Created time.Time
	// Expires, Revoked and LastUsed are zero for never.
	Expires, Revoked, LastUsed time.Time
}

// Live tells whether the token is good at that time.
func (t *Token) Live(now time.Time) bool {
	return t.Revoked.IsZero() && (t.Expires.IsZero() || now.Before(t.Expires))
}

func (t *Token) identity() Identity {
	return Identity{TokenID: t.ID, Name: t.Name, Role: t.Role, Bodies: t.Bodies}
}

// Draft is a token to be made.
type Draft struct {
	Name string
	Role Role
	// Bodies limit what a reader or uploader sees.
	Bodies []string
	// Expires is zero for never.
	Expires time.Time
}

// DraftError lists what is wrong with a Draft, in words for the user.
type DraftError struct {
	Mistakes []string
}

func (e *DraftError) Error() string { return strings.Join(e.Mistakes, "；") }

// check returns a *DraftError with all mistakes, or nil.
func (d *Draft) check(now time.Time) error {
	var bad []string
	switch n := utf8.RuneCountInString(d.Name); {
	case n == 0 || n > maxNameRunes:
		bad = append(bad, fmt.Sprintf("名称应为 1 到 %d 个字", maxNameRunes))
	case !utf8.ValidString(d.Name) || strings.TrimSpace(d.Name) != d.Name || strings.ContainsFunc(d.Name, unprintable):
		bad = append(bad, "名称首尾不得有空格，也不得含有控制字符")
	}
	if !d.Role.Valid() {
		bad = append(bad, "角色应为 reader、uploader 或 admin")
	}
	if d.Role == RoleAdmin && len(d.Bodies) > 0 {
		bad = append(bad, "admin 可见全部主体，不得限定主体")
	}
	if len(d.Bodies) > maxBodies {
		bad = append(bad, fmt.Sprintf("主体不得多于 %d 个", maxBodies))
	}
	for _, b := range d.Bodies {
		if b == "" || len(b) > maxBodyID || strings.ContainsFunc(b, func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || unprintable(r) }) {
			bad = append(bad, fmt.Sprintf("主体编号 %.80q 有误", b))
		}
	}
	if !d.Expires.IsZero() && !d.Expires.After(now) {
		bad = append(bad, "到期时间应在以后")
	}
	if bad != nil {
		return &DraftError{Mistakes: bad}
	}
	return nil
}

func unprintable(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// newSecret makes a token's text and what is to be kept of it.
func newSecret() (text, id string, hash Hash) {
	var b [secretBytes]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	text = tokenPrefix + base64.RawURLEncoding.EncodeToString(b[:])
	return text, tokenID(b[:]), sha256.Sum256([]byte(text))
}

func tokenID(secret []byte) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(secret[:idBytes]))
}

// parseSecret returns the public id of a token's text; ok is false for what has
// not the form of one.
func parseSecret(text string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(text, tokenPrefix)
	b, err := base64.RawURLEncoding.Strict().DecodeString(rest)
	if !ok || err != nil || len(b) != secretBytes || strings.ContainsAny(rest, "\r\n") {
		return "", false
	}
	return tokenID(b), true
}

// matches compares in constant time. A token that was not found is the zero
// Token, which matches nothing and costs the same.
func (t *Token) matches(text string) bool {
	hash := sha256.Sum256([]byte(text))
	return subtle.ConstantTimeCompare(hash[:], t.Hash[:]) == 1
}

// ParseExpiry reads the time until a token expires: days ("90d") or a Go
// duration ("12h"); "" is never, the zero time.
func ParseExpiry(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	var d time.Duration
	var err error
	if days, ok := strings.CutSuffix(s, "d"); ok {
		var n int
		if n, err = strconv.Atoi(days); n > maxDays {
			err = strconv.ErrRange
		}
		d = time.Duration(n) * 24 * time.Hour
	} else {
		d, err = time.ParseDuration(s)
	}
	if err != nil || d <= 0 {
		return time.Time{}, fmt.Errorf("有效期 %q 有误：写成天数（如 90d）或时长（如 12h）", s)
	}
	return now.Add(d), nil
}
