package intake

import "errors"

// ErrNotFound: no report has this id.
var ErrNotFound = errors.New("intake: not found")
