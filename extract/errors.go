package extract

import (
	"errors"
	"fmt"
)

// Code is the kind of a reading failure. The values are the problem codes of
// the HTTP interface and of the command line.
type Code string

// The closed set of reasons why a file could not be read.
const (
	CodeUnsupported Code = "unsupported_format" // no supported format by content
	CodeEncrypted   Code = "encrypted"          // a password is needed
	CodeDamaged     Code = "damaged"            // cannot be read; Detail says where
	CodeLimit       Code = "limit_exceeded"     // over a processing limit; Limit names it
	CodeTimeout     Code = "conversion_timeout" // took longer than the limit
)

// Error is why a file could not be read. It crosses the process boundary of the
// sandbox, so it carries no wrapped error; causes go into Detail.
type Error struct {
	Code Code `json:"code"`
	// Detail is Chinese, says what is wrong and where, and what to do.
	Detail string `json:"detail"`
	// Limit is name and value of the limit that was exceeded, as
	// "decompressed_bytes=268435456"; empty otherwise.
	Limit string `json:"limit,omitempty"`
}

func (e *Error) Error() string {
	if e.Limit != "" {
		return fmt.Sprintf("%s (%s): %s", e.Code, e.Limit, e.Detail)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Detail)
}

// Damaged makes a CodeDamaged error. format and args give place and cause.
func Damaged(format string, args ...any) *Error {
	return &Error{Code: CodeDamaged, Detail: fmt.Sprintf(format, args...)}
}

// OverLimit makes a CodeLimit error naming the limit and its value.
func OverLimit(name string, value int64, detail string) *Error {
	return &Error{Code: CodeLimit, Limit: fmt.Sprintf("%s=%d", name, value), Detail: detail}
}

// AsError returns the *Error in err's chain, or nil.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
