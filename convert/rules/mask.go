package rules

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Mask replaces the personal numbers in a text, as findings show it.
func Mask(s string) string { return mask(s) }

// Printed is the expected or actual figure of a finding as people write it, personal
// numbers masked; empty where there is none.
func Printed(v any) string {
	switch n := v.(type) {
	case nil:
		return ""
	case string:
		return mask(n)
	case float64:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case json.Number:
		return n.String()
	}
	return fmt.Sprint(v)
}
