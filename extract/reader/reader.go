package reader

import (
	"context"
	"io"

	"nianbao/extract"
)

func Read(ctx context.Context, r io.ReaderAt, size int64, lim extract.Limits) (*extract.Extraction, error) {
	return nil, extract.Damaged("stub")
}
