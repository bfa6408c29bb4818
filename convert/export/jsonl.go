package export

import (
	"fmt"
	"io"

	"nianbao/convert/report"
)

// JSONL writes a result a line, as the interface gives it, or {source, error}.
func JSONL(w io.Writer, s Set) error {
	for e, err := range s.Entries {
		if err != nil {
			return err
		}
		var v any = e.Failure
		if e.Result != nil {
			v = e.Result
		}
		b, err := report.Marshal(v)
		if err == nil {
			_, err = w.Write(append(b, '\n'))
		}
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}
