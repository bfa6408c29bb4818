package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Role is what a token may do; each role may do what the ones before it may.
type Role string

// The roles, the weakest first.
const (
	RoleReader   Role = "reader"   // sees results and originals
	RoleUploader Role = "uploader" // uploads and reviews; sees its own bodies and uploads only
	RoleAdmin    Role = "admin"    // deletes, manages bodies and tokens, reads the audit
)

// rank orders roles; 0 is none of ours.
func (r Role) rank() int { return slices.Index([]Role{RoleReader, RoleUploader, RoleAdmin}, r) + 1 }

// Valid tells whether r is one of the roles.
func (r Role) Valid() bool { return r.rank() > 0 }

// Action is something that can be asked of the service, as the permission table
// and the audit name it.
type Action string

// The actions. Every address of the service stands for one (see api's table of
// routes).
const (
	Public       Action = "public"      // no identity needed: health, documentation, login
	Visit        Action = "visit"       // any identity: rules, forms, logout
	ReadReport   Action = "report.read" // lists, results, exports, pages
	ReadOriginal Action = "original.read"
	Upload       Action = "report.upload" // also retry and cancel of own batches
	ReviewReport Action = "report.review" // decides on findings, corrects values, marks reports
	DeleteReport Action = "report.delete"
	ReadBodies   Action = "bodies.read"
	WriteBodies  Action = "bodies.write" // the list, and which body a report is of
	ReadMetrics  Action = "metrics.read"
	ReadTokens   Action = "token.list"
	CreateToken  Action = "token.create"
	RevokeToken  Action = "token.revoke"
	ReadAudit    Action = "audit.read"
	ReadSettings Action = "settings.read"

	// Login and Logout stand in the audit only; their addresses are Public and
	// Visit.
	Login  Action = "login"
	Logout Action = "logout"
	// Authenticate stands in the audit for a bearer token that is none.
	Authenticate Action = "authenticate"
)

// permission says who may do an action.
type permission struct {
	public bool // everybody
	least  Role
	token  bool // not in open mode: whoever is there first could lock the others out
}

func permissionOf(a Action) (p permission, known bool) {
	switch a {
	case Public:
		return permission{public: true}, true
	case Visit, ReadReport, ReadOriginal, ReadBodies, ReadMetrics:
		return permission{least: RoleReader}, true
	case Upload, ReviewReport:
		return permission{least: RoleUploader}, true
	case DeleteReport, WriteBodies, ReadSettings:
		return permission{least: RoleAdmin}, true
	case ReadTokens, CreateToken, RevokeToken, ReadAudit:
		return permission{least: RoleAdmin, token: true}, true
	}
	return permission{}, false
}

// The closed set of refusals; test for them with errors.Is.
var (
	// ErrUnauthenticated: no token or session, or none that is good.
	ErrUnauthenticated = errors.New("auth: unauthenticated")
	// ErrForbidden: the identity may not do this.
	ErrForbidden = errors.New("auth: forbidden")
	// ErrNoTokens: forbidden as long as there is no token, so that nobody locks
	// the others out. It is also ErrForbidden.
	ErrNoTokens = errors.New("auth: not before there is a token")
	// ErrCSRF: a form came without the token of the session that sends it.
	ErrCSRF = errors.New("auth: the form is not of this session")
)

// Require returns nil where the context's identity may do the action. Errors:
// ErrUnauthenticated, ErrForbidden. An action that the table does not know is
// forbidden to all.
func Require(ctx context.Context, a Action) error {
	p, known := permissionOf(a)
	if !known {
		return fmt.Errorf("%w: unknown action %q", ErrForbidden, a)
	}
	if p.public {
		return nil
	}
	id, ok := Of(ctx)
	if !ok {
		return ErrUnauthenticated
	}
	switch {
	case id.Open && p.token:
		return fmt.Errorf("%w: %w: %s", ErrForbidden, ErrNoTokens, a)
	case id.Open:
		return nil
	case id.Role.rank() < p.least.rank() || !id.Role.Valid():
		return fmt.Errorf("%w: %s needs the role %s, not %s", ErrForbidden, a, p.least, id.Role)
	}
	return nil
}

// IsPublic tells whether the action needs no identity.
func IsPublic(a Action) bool {
	p, _ := permissionOf(a)
	return p.public
}
