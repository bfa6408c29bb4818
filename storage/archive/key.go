package archive

import (
	"fmt"
	"strings"
)

// OriginalsPrefix is the prefix of the keys of originals.
const OriginalsPrefix = "originals/"

// maxKey keeps a key below the 1024 bytes of S3 and each segment below the 255
// of file systems.
const (
	maxKey     = 900
	maxSegment = 240
)

// OriginalKey returns the key of the original with this digest. It is an error
// for anything but 64 lower-case hex digits: nothing else may become a path.
func OriginalKey(sha256 string) (string, error) {
	if !validDigest(sha256) {
		return "", fmt.Errorf("archive: %q is no SHA-256 in lower-case hex", sha256)
	}
	return OriginalsPrefix + sha256[:2] + "/" + sha256[2:], nil
}

// DigestOfKey is the inverse of OriginalKey.
func DigestOfKey(key string) (sha256 string, ok bool) {
	rest, ok := strings.CutPrefix(key, OriginalsPrefix)
	if !ok || len(rest) != 65 || rest[2] != '/' {
		return "", false
	}
	sha256 = rest[:2] + rest[3:]
	return sha256, validDigest(sha256)
}

func validDigest(s string) bool {
	if len(s) != 64 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// CheckRecordKey accepts the keys of records: two segments or more of ASCII
// letters, digits and ".-_~", none beginning with a dot, the first not that of
// the originals. So a key is a relative path that leads nowhere else.
func CheckRecordKey(key string) error {
	if strings.HasPrefix(key, OriginalsPrefix) {
		return fmt.Errorf("archive: %q is the key of an original", key)
	}
	segments := strings.Split(key, "/")
	if len(segments) < 2 || len(key) > maxKey {
		return fmt.Errorf("archive: %q is no key", key)
	}
	for _, s := range segments {
		if !validSegment(s) {
			return fmt.Errorf("archive: %q is no key", key)
		}
	}
	return nil
}

// CheckKey accepts the key of an original or of a record.
func CheckKey(key string) error {
	if _, ok := DigestOfKey(key); ok {
		return nil
	}
	return CheckRecordKey(key)
}

// Derived tells whether the object with this key can be made again from the
// record: results can.
func Derived(key string) bool { return strings.HasPrefix(key, "results/") }

// CheckPrefix accepts whole segments ending in "/".
func CheckPrefix(prefix string) error {
	inner, ok := strings.CutSuffix(prefix, "/")
	for s := range strings.SplitSeq(inner, "/") {
		ok = ok && validSegment(s)
	}
	if !ok {
		return fmt.Errorf("archive: %q is no prefix", prefix)
	}
	return nil
}

func validSegment(s string) bool {
	if s == "" || len(s) > maxSegment || s[0] == '.' {
		return false
	}
	for _, c := range []byte(s) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.ContainsRune(".-_~", rune(c)) {
			return false
		}
	}
	return true
}
