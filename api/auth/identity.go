package auth

import (
	"context"
	"crypto/subtle"

	"nianbao/convert/intake"
)

// Identity is who asks.
type Identity struct {
	TokenID string
	Name    string // of the token; recorded as the sender of uploads
	Role    Role
	Bodies  []string // ids of the bodies it is limited to; see Scope

	// Open: nobody in particular, the service runs without tokens.
	Open bool
	// Session: identified by the cookie of a browser.
	Session bool
	// CSRF is what the forms of the session's pages have to bring back; empty
	// without a session.
	CSRF string
}

type identityKey struct{}

// With returns a context of the identity, whose uploads and deletions are
// recorded under its name.
func With(ctx context.Context, id Identity) context.Context {
	return intake.WithSender(context.WithValue(ctx, identityKey{}, id), id.Name)
}

// Of returns the context's identity; ok is false where there is none.
func Of(ctx context.Context) (id Identity, ok bool) {
	id, ok = ctx.Value(identityKey{}).(Identity)
	return id, ok
}

// ScopeOf is which reports the context's identity may see: an admin, and in open
// mode everybody, all; a reader those of its bodies, or all where it has none;
// an uploader those of its bodies and what it sent. Without an identity: none.
func ScopeOf(ctx context.Context) intake.Scope {
	id, ok := Of(ctx)
	switch {
	case !ok:
		return intake.Scope{Restricted: true}
	case id.Open || id.Role == RoleAdmin || id.Role == RoleReader && len(id.Bodies) == 0:
		return intake.Scope{}
	case id.Role == RoleUploader:
		return intake.Scope{Restricted: true, Sender: id.Name, Bodies: id.Bodies}
	}
	return intake.Scope{Restricted: true, Bodies: id.Bodies}
}

// CheckForm compares what a page's form brought with the identity's CSRF. It is
// the second line behind the refusal of cross-origin writes, and concerns only
// those whom a cookie identifies. Errors: ErrCSRF.
func CheckForm(ctx context.Context, given string) error {
	id, _ := Of(ctx)
	if id.Session && subtle.ConstantTimeCompare([]byte(id.CSRF), []byte(given)) != 1 {
		return ErrCSRF
	}
	return nil
}
