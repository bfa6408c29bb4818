package custody

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"
)

// keyTime has a fixed width, so that keys sort by time.
const keyTime = "20060102T150405.000000Z"

// ErrNone says that there is no verification yet.
var ErrNone = errors.New("custody: nothing was verified yet")

// Keep keeps a report for good and returns its key.
func Keep(ctx context.Context, records Records, r *Report) (key string, err error) {
	content, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("custody: %w", err)
	}
	var salt [4]byte // two machines may end in the same microsecond
	_, _ = rand.Read(salt[:])
	key = verificationsPrefix + r.FinishedAt.UTC().Format(keyTime) + "-" + hex.EncodeToString(salt[:]) + ".json"
	if err := records.Put(ctx, key, content); err != nil {
		return "", fmt.Errorf("custody: keeping %s: %w", key, err)
	}
	return key, nil
}

// Last returns the newest report that can be read, and its key. Errors: ErrNone.
func Last(ctx context.Context, records Records) (r *Report, key string, err error) {
	keys, err := verifications(ctx, records)
	if err != nil {
		return nil, "", err
	}
	for i := len(keys) - 1; i >= 0; i-- {
		content, err := records.Get(ctx, keys[i])
		if err != nil {
			return nil, "", fmt.Errorf("custody: reading %s: %w", keys[i], err)
		}
		r := new(Report)
		if json.Unmarshal(content, r) == nil {
			return r, keys[i], nil
		}
	}
	return nil, "", ErrNone
}

// verifications lists the keys in order of time.
func verifications(ctx context.Context, records Records) (keys []string, err error) {
	for key, err := range records.List(ctx, verificationsPrefix) {
		if err != nil {
			return nil, fmt.Errorf("custody: %w", err)
		}
		if _, ok := endOf(key); ok {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// endOf is when the verification with this key ended.
func endOf(key string) (time.Time, bool) {
	stamp, _, ok := strings.Cut(path.Base(key), "-")
	t, err := time.Parse(keyTime, stamp)
	return t, ok && err == nil
}
