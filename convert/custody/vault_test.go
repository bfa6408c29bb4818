package custody_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
	"nianbao/storage/archive/dir"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var received = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// vault is an archive of made originals in a directory, and its catalog. It is
// written without the archive, which would sync every file.
type vault struct {
	t       *testing.T
	root    string
	archive *dir.Archive
	db      *db.DB
	catalog *catalog.Catalog
	digests []string // of the originals, by number
}

func newVault(t *testing.T, n int) *vault {
	t.Helper()
	v := &vault{t: t, root: filepath.Join(t.TempDir(), "archive"), db: dbtest.SQLite(t)}
	var err error
	if v.archive, err = dir.Open(v.root); err != nil {
		t.Fatal(err)
	}
	v.catalog = catalog.New(v.db, nil)
	for i := range n {
		v.digests = append(v.digests, archive.Digest(original(i)))
		v.keepOriginal(i)
		v.keepEvent(i)
		if i%10 == 0 {
			v.write(resultKey(v.digests[i]), zipped(t, fmt.Sprintf(`{"id":%d}`, i)))
		}
	}
	v.insert(0, n)
	return v
}

// original is the n-th made original, some hundred bytes.
func original(n int) []byte {
	return []byte(fmt.Sprintf("云溪县第%d号政府信息公开工作年度报告\n", n) + strings.Repeat("公开", 20+n%50))
}

func zipped(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func originalKey(digest string) string { return "originals/" + digest[:2] + "/" + digest[2:] }
func eventKey(digest string) string    { return "events/" + digest + "/n00000001.json" }
func resultKey(digest string) string   { return "results/" + digest + "/v0.1.0~2021~1.json.gz" }

func receivedEvent(n int, digest string) []byte {
	b, err := json.Marshal(intake.Event{Kind: intake.EventReceived, At: received, SHA256: digest,
		Filename: fmt.Sprintf("云溪县%d.pdf", n), SizeBytes: int64(len(original(n)))})
	if err != nil {
		panic(err)
	}
	return b
}

func (v *vault) path(key string) string { return filepath.Join(v.root, filepath.FromSlash(key)) }

func (v *vault) write(key string, content []byte) {
	v.t.Helper()
	name := v.path(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o600); err != nil {
		v.t.Fatal(err)
	}
}

func (v *vault) remove(key string) {
	v.t.Helper()
	if err := os.Remove(v.path(key)); err != nil {
		v.t.Fatal(err)
	}
}

func (v *vault) keepOriginal(n int) { v.write(originalKey(archive.Digest(original(n))), original(n)) }

func (v *vault) keepEvent(n int) {
	digest := archive.Digest(original(n))
	v.write(eventKey(digest), receivedEvent(n, digest))
}

// insert adds rows from on, below to.
func (v *vault) insert(from, to int) {
	v.t.Helper()
	err := v.db.Change(v.t.Context(), func(tx *sql.Tx) error {
		for i := from; i < to; i++ {
			digest := archive.Digest(original(i))
			_, err := tx.ExecContext(v.t.Context(), `insert into reports (id, state, filename, media_type, sha256, size_bytes,
				received_us, form, status, errors, warnings, infos, program, forms, rules, agency_folded, text_folded, place)
				values ($1, $2, $3, 'application/pdf', $4, $5, $6, '', '', 0, 0, 0, '', '', '', '', '', $7)`,
				intake.IDOf(digest), string(intake.StateDone), "x.pdf", digest, len(original(i)), received.UnixMicro(), i)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		v.t.Fatal(err)
	}
}

// sql changes the row of the n-th original.
func (v *vault) sql(n int, statement string, args ...any) {
	v.t.Helper()
	args = append([]any{intake.IDOf(archive.Digest(original(n)))}, args...)
	if _, err := v.db.ExecContext(v.t.Context(), statement, args...); err != nil {
		v.t.Fatal(err)
	}
}

// options verify all, and wait for nobody.
func (v *vault) options() custody.Options {
	return custody.Options{Archive: v.archive, Catalog: v.catalog, Wait: func(context.Context) error { return nil }}
}

func (v *vault) verify(change ...func(*custody.Options)) *custody.Report {
	v.t.Helper()
	o := v.options()
	for _, f := range change {
		f(&o)
	}
	r, err := custody.Verify(v.t.Context(), o)
	if err != nil {
		v.t.Fatalf("Verify: %v", err)
	}
	return r
}
