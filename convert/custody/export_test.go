package custody_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nianbao/convert/custody"
	"nianbao/convert/custody/bagit"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

func TestExport(t *testing.T) {
	v := newVault(t, 12)
	v.write("results/"+v.digests[0]+"/v0.1.0~2021~1.document.json.gz", zipped(t, "{}"))
	root := filepath.Join(t.TempDir(), "bag")
	sink, err := bagit.Directory(root)
	if err != nil {
		t.Fatal(err)
	}
	w := bagit.NewWriter(sink, bagit.Info{SoftwareAgent: "nianbao test", BaggingDate: time.Now()})
	packed, err := custody.Export(t.Context(), v.archive, v.digests[:3], w)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := bagit.Check(t.Context(), root); err != nil || !r.Valid() || r.Files != 3+3+1+1 {
		t.Errorf("the bag: %+v, %v", r, err)
	}
	read := func(name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(root, "data", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for i, p := range packed {
		if p.ReportID != intake.IDOf(v.digests[i]) || !strings.HasPrefix(p.Path, "云溪县") {
			t.Errorf("packed %+v", p)
		}
		if got := read(p.Path + "/original"); archive.Digest([]byte(got)) != v.digests[i] || p.Bytes != int64(len(got)) {
			t.Errorf("the original of %+v reads as %d bytes", p, len(got))
		}
		if !strings.Contains(read(p.Path+"/events/n00000001.json"), v.digests[i]) {
			t.Error("the event is another's")
		}
	}
	if got := read(packed[0].Path + "/results/v0.1.0~2021~1.json"); got != `{"id":0}` {
		t.Errorf("the result is %q", got)
	}
	lines := strings.Split(strings.TrimSpace(read("index.ndjson")), "\n")
	var last custody.Packed
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || len(lines) != 3 || last != packed[2] {
		t.Errorf("the index ends in %+v, %v", last, err)
	}
}

// TestExportRefuses: there is no bag of what is lost or damaged.
func TestExportRefuses(t *testing.T) {
	v := newVault(t, 12)
	flipped := original(1)
	flipped[3] ^= 1
	v.write(originalKey(v.digests[1]), flipped)
	v.remove(originalKey(v.digests[2]))
	v.write(eventKey(v.digests[3]), []byte("{"))
	v.write(resultKey(v.digests[10]), []byte("no gzip"))
	for name, c := range map[string]struct {
		digest string
		want   error
	}{
		"damaged": {v.digests[1], intake.ErrCorrupt},
		"missing": {v.digests[2], intake.ErrNotFound},
		"event":   {v.digests[3], intake.ErrCorrupt},
		"result":  {v.digests[10], intake.ErrCorrupt},
		"unknown": {"no digest", intake.ErrNotFound},
	} {
		sink, err := bagit.Directory(filepath.Join(t.TempDir(), "bag"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := custody.Export(t.Context(), v.archive, []string{c.digest}, bagit.NewWriter(sink, bagit.Info{})); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
