package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// decodeName reads a font name in UTF-8 or GBK; other bytes are dropped.
func decodeName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if out, err := simplifiedchinese.GBK.NewDecoder().String(name); err == nil {
		return out
	}
	return strings.ToValidUTF8(name, "")
}
