package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"nianbao/convert/intake"
	"nianbao/storage/catalog"
)

// identityKey is the record by which an archive is known.
const identityKey = "installation/archive.txt"

// sameArchive makes sure that archive and database belong together: a server or
// worker with an archive of its own would find no original, and keep what it makes
// where nobody looks for it. An archive without a name gets one, and a database
// without one takes the archive's.
func sameArchive(ctx context.Context, archive keeper, cat *catalog.Catalog) error {
	known, err := cat.Archive(ctx, "")
	if err != nil {
		return err
	}
	content, err := archive.Get(ctx, identityKey)
	switch {
	case err == nil:
	case !errors.Is(err, intake.ErrNotFound):
		return fmt.Errorf("归档不能读取：%w", err)
	case known != "":
		return fmt.Errorf("这个归档不是目录库的归档（%s）：所有 serve 和 worker 须使用同一个归档，请检查 --data 和 --s3-* 的设置；归档确已丢失时请换一个新的数据库", known)
	default:
		content = []byte("archive-" + strings.ToLower(rand.Text()) + "\n")
		if err := archive.Put(ctx, identityKey, content); errors.Is(err, intake.ErrExists) {
			content, err = archive.Get(ctx, identityKey) // another process was faster
			if err != nil {
				return fmt.Errorf("归档不能读取：%w", err)
			}
		} else if err != nil {
			return fmt.Errorf("归档不能写入：%w", err)
		}
	}
	name := strings.TrimSpace(string(content))
	if known, err = cat.Archive(ctx, name); err != nil {
		return err
	}
	if known != name {
		return fmt.Errorf("这个归档（%s）不是目录库的归档（%s）：所有 serve 和 worker 须使用同一个归档，请检查 --data 和 --s3-* 的设置", name, known)
	}
	return nil
}
