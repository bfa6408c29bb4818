package custody

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

// maxInflated is what convert/intake refuses to store more than.
const maxInflated = 1 << 30

// inflateTo decompresses to the end, where gzip's checksum is.
func inflateTo(w io.Writer, content []byte) error {
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return err
	}
	n, err := io.Copy(w, io.LimitReader(z, maxInflated+1))
	if err != nil {
		return err
	}
	if n > maxInflated {
		return fmt.Errorf("more than %d bytes", maxInflated)
	}
	return z.Close()
}
