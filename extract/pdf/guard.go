package pdf

import (
	"io"

	"nianbao/extract"
)

// prepare looks at the outside of the file before the library does.
func prepare(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	if size <= 0 {
		return nil, 0, extract.Damaged("文件是空的。")
	}
	return r, size, nil
}
