package custody_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/custody"
	"nianbao/convert/intake"
	"nianbao/storage/archive"
)

// told is what a test compares of a finding.
type told struct {
	Kind        custody.Kind
	Digest, Key string
}

func tell(r *custody.Report) (all []told) {
	for _, f := range r.Findings {
		all = append(all, told{f.Kind, f.SHA256, f.Key})
	}
	return all
}

// expected puts findings in the report's order.
func expected(all ...told) []told {
	slices.SortFunc(all, func(a, b told) int {
		if a.Kind != b.Kind {
			return slices.Index(custody.Kinds(), a.Kind) - slices.Index(custody.Kinds(), b.Kind)
		}
		return strings.Compare(a.Digest+a.Key, b.Digest+b.Key)
	})
	return all
}

func assertFound(t *testing.T, r *custody.Report, want ...told) {
	t.Helper()
	if diff := cmp.Diff(expected(want...), tell(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	counts := map[custody.Kind]int64{}
	for _, w := range want {
		counts[w.Kind]++
	}
	if diff := cmp.Diff(counts, r.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// planter plants damage, each on an original of its own, and knows what is to be
// found.
type planter struct {
	*vault
	next int
	want []told
}

// take gives the next original that is not damaged yet.
func (p *planter) take() (n int, digest string, content []byte) {
	p.next += 37
	return p.next, p.digests[p.next], bytes.Clone(original(p.next))
}

func (p *planter) expect(kind custody.Kind, digest, key string) {
	p.want = append(p.want, told{kind, digest, key})
}

func (p *planter) originals() {
	for _, at := range []int{0, 7, -1} { // flipped bytes: at the start, inside, at the end
		_, d, b := p.take()
		if at < 0 {
			at = len(b) - 1
		}
		b[at] ^= 0x10
		p.write(originalKey(d), b)
		p.expect(custody.Damaged, d, originalKey(d))
	}
	_, d, b := p.take()
	p.write(originalKey(d), append(b, ' '))
	p.expect(custody.Damaged, d, originalKey(d))
	for _, keep := range []int{0, 1, 40} {
		_, d, b := p.take()
		p.write(originalKey(d), b[:keep])
		p.expect(custody.Truncated, d, originalKey(d))
	}
	for range 3 {
		_, d, _ := p.take()
		p.remove(originalKey(d))
		p.expect(custody.Missing, d, originalKey(d))
	}
	n, d, _ := p.take() // of which nothing is left but the row
	p.remove(originalKey(d))
	p.remove(eventKey(d))
	p.expect(custody.Missing, p.digests[n], originalKey(d))
}

func (p *planter) extras() {
	for _, s := range []string{"nobody's", "nobody's either"} {
		d := archive.Digest([]byte(s))
		p.write(originalKey(d), []byte(s))
		p.expect(custody.Orphan, d, originalKey(d))
	}
	d := archive.Digest([]byte("of nothing"))
	p.write(resultKey(d), zipped(p.t, "{}"))
	p.expect(custody.Orphan, d, resultKey(d))
	for _, key := range []string{"originals/ab/notes.txt", "originals/年报.pdf", "originals/ab/" + strings.Repeat("A", 62),
		"events/notes.json", "events/not-a-digest/n1.json", "results/x/y.json.gz"} {
		p.write(key, []byte("stray"))
		p.expect(custody.Orphan, "", key)
	}
}

func deletedEvent(digest string) []byte {
	return fmt.Appendf(nil, `{"event":"deleted","sha256":%q}`, digest)
}

func (p *planter) rows() {
	const setDigest = `update reports set sha256 = $2 where id = $1`
	n, d, _ := p.take()
	p.sql(n, setDigest, archive.Digest([]byte("another")))
	p.expect(custody.CatalogMismatch, d, "")
	for _, last := range []string{"0", "f"} { // beyond what the id is made of
		n, d, _ = p.take()
		if strings.HasSuffix(d, last) {
			last = "8"
		}
		p.sql(n, setDigest, d[:63]+last)
		p.expect(custody.CatalogMismatch, d, "")
	}
	n, d, _ = p.take()
	p.sql(n, setDigest, strings.ToUpper(d))
	p.expect(custody.CatalogMismatch, d, "")
	n, d, b := p.take()
	p.sql(n, `update reports set size_bytes = $2 where id = $1`, len(b)-1)
	p.expect(custody.CatalogMismatch, d, "")
	n, d, _ = p.take()
	p.sql(n, `delete from reports where id = $1`)
	p.expect(custody.CatalogMismatch, d, "")
	_, d, _ = p.take() // the row is without events
	p.remove(eventKey(d))
	p.expect(custody.CatalogMismatch, d, "")
	_, d, _ = p.take() // deleted, and still there
	p.write("events/"+d+"/n00000002.json", deletedEvent(d))
	p.expect(custody.CatalogMismatch, d, "")
	n, d, _ = p.take() // deleted as it should be: nothing to be found
	p.write("events/"+d+"/n00000002.json", deletedEvent(d))
	p.sql(n, `delete from reports where id = $1`)
	n, d, _ = p.take() // and come back
	p.write("events/"+d+"/n00000002.json", deletedEvent(d))
	p.write("events/"+d+"/n00000003.json", receivedEvent(n, d))
	_, d, _ = p.take() // as earlier versions named events
	p.write("events/"+d+"/20260101T000000.000000Z-0badcafe.json", receivedEvent(p.next, d))
}

func (p *planter) records() {
	_, d, _ := p.take()
	p.write(eventKey(d), []byte(`{"event":"rec`))
	p.expect(custody.RecordDamaged, d, eventKey(d))
	_, d, _ = p.take()
	p.write(eventKey(d), receivedEvent(1, p.digests[1]))
	p.expect(custody.RecordDamaged, d, eventKey(d))
	n, d, _ := p.take()
	p.write(eventKey(d), receivedEvent(n+1, d))
	if len(original(n)) != len(original(n+1)) {
		p.expect(custody.RecordDamaged, d, eventKey(d))
	}
	_, d, _ = p.take() // the second of three events
	p.write("events/"+d+"/n00000003.json", fmt.Appendf(nil, `{"event":"converted","sha256":%q}`, d))
	p.expect(custody.Missing, d, "events/"+d+"/n00000002.json")
	for key, content := range map[string][]byte{"batches/abc/files.json.gz": []byte("no gzip"), "batches/abc/x.json": []byte("{"),
		"verifications/20260101T000000.000000Z-0badcafe.json": []byte(`{"sample"`)} {
		p.write(key, content)
		p.expect(custody.RecordDamaged, "", key)
	}
	p.write("batches/def/files.json.gz", zipped(p.t, "{}"))
	for i, damage := range []func([]byte) []byte{
		func(b []byte) []byte { b[len(b)-6] ^= 1; return b }, // in the checksum
		func(b []byte) []byte { return b[:len(b)-3] },
		func([]byte) []byte { return nil },
	} {
		d := p.digests[10*(i+1)] // has a result; 37 and 10 meet at 370 first
		p.write(resultKey(d), damage(zipped(p.t, "{}")))
		p.expect(custody.RecordDamaged, d, resultKey(d))
	}
}

// TestFindsWhatIsPlanted is the acceptance: every damage among ten thousand
// originals is found, and nothing else.
func TestFindsWhatIsPlanted(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 2_000
	}
	v := newVault(t, n)
	sound := v.verify()
	assertFound(t, sound)
	if c := int64(n); sound.Originals != c || sound.Hashed != c || sound.Events != c || sound.Rows != c || sound.Results != c/10 {
		t.Errorf("counted %+v", sound)
	}
	p := &planter{vault: v}
	p.originals()
	p.extras()
	p.rows()
	p.records()
	r := v.verify()
	assertFound(t, r, p.want...)
	for _, f := range r.Findings {
		digests := f.Expected != "" || f.Found != ""
		if f.Detail == "" || digests != (f.Algorithm == custody.Algorithm) {
			t.Errorf("finding without words or algorithm: %+v", f)
		}
	}
	// A limit on what is listed loses no count.
	few := v.verify(func(o *custody.Options) { o.MaxFindings = 5 })
	if diff := cmp.Diff(r.Counts, few.Counts); diff != "" || len(few.Findings) != 5 {
		t.Errorf("%d listed, counts (-all +few):\n%s", len(few.Findings), diff)
	}
}

// TestDetails: a finding says what was expected, what is there, and by which
// algorithm.
func TestDetails(t *testing.T) {
	v := newVault(t, 20)
	d, b := v.digests[3], original(3)
	v.write(originalKey(d), b[:10])
	v.sql(4, `update reports set sha256 = $2 where id = $1`, archive.Digest([]byte("x")))
	want := []custody.Finding{
		{Kind: custody.Truncated, Key: originalKey(d), SHA256: d, ReportID: intake.IDOf(d), Algorithm: "SHA-256",
			Expected: d, Found: archive.Digest(b[:10]), ExpectedBytes: int64(len(b)), FoundBytes: 10},
		{Kind: custody.CatalogMismatch, SHA256: v.digests[4], ReportID: intake.IDOf(v.digests[4]), Algorithm: "SHA-256",
			Expected: v.digests[4], Found: archive.Digest([]byte("x"))},
	}
	got := v.verify().Findings
	for i := range got {
		got[i].Detail = ""
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRowOfNothing: a row whose digest fits nothing, its id included.
func TestRowOfNothing(t *testing.T) {
	v := newVault(t, 5)
	v.insert(5, 6)
	v.sql(5, `update reports set sha256 = $2 where id = $1`, "no digest at all")
	r := v.verify()
	if len(r.Findings) != 1 || r.Findings[0].Kind != custody.CatalogMismatch || r.Findings[0].ReportID != intake.IDOf(archive.Digest(original(5))) {
		t.Errorf("found %+v", r.Findings)
	}
}

// TestWhileWritten: what a service was in the middle of is no finding; what stays
// is one.
func TestWhileWritten(t *testing.T) {
	v := newVault(t, 50)
	v.keepOriginal(50) // its event comes later
	v.keepOriginal(51)
	v.keepEvent(51)    // its row comes later
	v.keepOriginal(52) // a process died here
	v.write("events/"+v.digests[9]+"/n00000002.json", deletedEvent(v.digests[9]))
	waited := 0
	r := v.verify(func(o *custody.Options) {
		o.Wait = func(context.Context) error {
			waited++
			v.keepEvent(50)
			v.insert(50, 52)
			v.sql(9, `delete from reports where id = $1`)
			return nil
		}
	})
	d := archive.Digest(original(52))
	assertFound(t, r, told{custody.Orphan, d, originalKey(d)})
	if waited != 1 {
		t.Errorf("waited %d times", waited)
	}
}

func TestWithoutCatalog(t *testing.T) {
	v := newVault(t, 30)
	v.sql(3, `delete from reports where id = $1`)
	v.remove(originalKey(v.digests[4]))
	r := v.verify(func(o *custody.Options) { o.Catalog = nil })
	assertFound(t, r, told{custody.Missing, v.digests[4], originalKey(v.digests[4])})
}

// faulty is an archive whose store gives errors.
type faulty struct {
	custody.Archive
	broken string // digest of the original that cannot be opened
	away   bool   // nothing can
}

var errBroken = errors.New("input/output error")

func (f *faulty) Open(ctx context.Context, digest string) (intake.Object, error) {
	if digest == f.broken || f.away {
		return nil, errBroken
	}
	return f.Archive.Open(ctx, digest)
}

func (f *faulty) Check(ctx context.Context) error {
	if f.away {
		return errBroken
	}
	return f.Archive.Check(ctx)
}

// TestUnreadable: one object that the store cannot give is a finding; a store that
// is away is none, but the end of the verification.
func TestUnreadable(t *testing.T) {
	v := newVault(t, 30)
	store := &faulty{Archive: v.archive, broken: v.digests[7]}
	with := func(o *custody.Options) { o.Archive = store }
	assertFound(t, v.verify(with), told{custody.Unreadable, v.digests[7], originalKey(v.digests[7])})
	store.away = true
	o := v.options()
	o.Archive = store
	if r, err := custody.Verify(t.Context(), o); !errors.Is(err, errBroken) {
		t.Errorf("store away: %+v, %v", r, err)
	}
}

func TestCancelled(t *testing.T) {
	v := newVault(t, 200)
	ctx, cancel := context.WithCancel(t.Context())
	o := v.options()
	o.Progress = func(p custody.Progress) {
		if p.Holdings == 20 {
			cancel()
		}
	}
	if r, err := custody.Verify(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %+v, %v", r, err)
	}
}

func TestSample(t *testing.T) {
	v := newVault(t, 1000)
	for i := 0; i < 1000; i += 2 {
		b := original(i)
		b[0] ^= 1 // of the right size: only reading tells
		v.write(originalKey(v.digests[i]), b)
	}
	v.remove(originalKey(v.digests[1])) // listings tell
	sample := func(s string, seed uint64) *custody.Report {
		t.Helper()
		parsed, err := custody.ParseSample(s)
		if err != nil {
			t.Fatal(err)
		}
		r := v.verify(func(o *custody.Options) { o.Sample, o.Seed = parsed, seed })
		if r.Sample != s {
			t.Errorf("sample is called %q, not %q", r.Sample, s)
		}
		if r.Counts[custody.Missing] != 1 {
			t.Errorf("sample %s: the missing original was not told", s)
		}
		if r.Counts[custody.Damaged] == 0 || r.Counts[custody.Damaged] >= r.Hashed {
			t.Errorf("sample %s: %d damaged of %d hashed; half were expected", s, r.Counts[custody.Damaged], r.Hashed)
		}
		return r
	}
	// The missing one has a score as well, so that one less may be hashed.
	if r := sample("100", 0); r.Hashed != 100 || r.Seed == 0 {
		t.Errorf("hashed %d of 100, seed %d", r.Hashed, r.Seed)
	}
	a, b, c := sample("20%", 7), sample("20%", 7), sample("20%", 8)
	if a.Hashed < 120 || a.Hashed > 280 {
		t.Errorf("20%% of 999 are %d", a.Hashed)
	}
	if !slices.Equal(tell(a), tell(b)) {
		t.Error("the same seed gives another sample")
	}
	if slices.Equal(tell(a), tell(c)) {
		t.Error("another seed gives the same sample")
	}
	if r := v.verify(); r.Counts[custody.Damaged] != 500 || r.Sample != "all" {
		t.Errorf("all: %d damaged", r.Counts[custody.Damaged])
	}
}

func TestParseSample(t *testing.T) {
	for _, bad := range []string{"0", "-1", "0%", "101%", "-3%", "NaN%", "%", "five", "1e3", "99999999999"} {
		if s, err := custody.ParseSample(bad); err == nil {
			t.Errorf("%q was taken for %v", bad, s)
		}
	}
	for given, want := range map[string]string{"": "all", "all": "all", "100%": "all", "5%": "5%", "0.25%": "0.25%", "12": "12"} {
		if s, err := custody.ParseSample(given); err != nil || s.String() != want {
			t.Errorf("%q is %v, %v; want %s", given, s, err, want)
		}
	}
}

// endless is an archive of n made originals that nobody stores.
type endless struct{ n uint64 }

func (e endless) digest(i uint64) string {
	return fmt.Sprintf("%016x%048x", i*(^uint64(0)/e.n), i)
}

func (e endless) Objects(_ context.Context, prefix string) iter.Seq2[custody.Object, error] {
	return func(yield func(custody.Object, error) bool) {
		for i := range e.n {
			o := custody.Object{Size: 1}
			switch prefix {
			case "originals/":
				o.Digest = e.digest(i)
				o.Key = originalKey(o.Digest)
			case "events/":
				o.Key = eventKey(e.digest(i))
			default:
				return
			}
			if !yield(o, nil) {
				return
			}
		}
	}
}

func (e endless) Stat(context.Context, string) (custody.Object, error) {
	return custody.Object{}, intake.ErrNotFound
}

func (e endless) Open(context.Context, string) (intake.Object, error) {
	return nil, intake.ErrNotFound
}

func (e endless) Get(context.Context, string) ([]byte, error) { return nil, intake.ErrNotFound }

func (e endless) Check(context.Context) error { return nil }

// heap is how many bytes are in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestMemory: what is held does not grow with the archive.
func TestMemory(t *testing.T) {
	const most = 8 << 20
	base, peak := heap(), uint64(0)
	_, err := custody.Verify(t.Context(), custody.Options{Archive: endless{300_000}, Sample: custody.Sample{Percent: 0.0001}, Seed: 1,
		Wait: func(context.Context) error { return nil },
		Progress: func(p custody.Progress) {
			if p.Holdings%50_000 == 0 {
				peak = max(peak, heap())
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	if peak == 0 || peak > base+most {
		t.Errorf("%d bytes are held over %d before; at most %d are expected", peak-base, base, most)
	}
}

// TestDisorder: listings out of order would give false findings.
func TestDisorder(t *testing.T) {
	v := newVault(t, 10)
	o := v.options()
	o.Archive = backwards{v.archive}
	if r, err := custody.Verify(t.Context(), o); err == nil || !strings.Contains(err.Error(), "out of order") {
		t.Errorf("%+v, %v", r, err)
	}
}

type backwards struct{ custody.Archive }

func (b backwards) Objects(ctx context.Context, prefix string) iter.Seq2[custody.Object, error] {
	return func(yield func(custody.Object, error) bool) {
		var all []custody.Object
		for o, err := range b.Archive.Objects(ctx, prefix) {
			if err != nil {
				yield(o, err)
				return
			}
			all = append(all, o)
		}
		for _, o := range slices.Backward(all) {
			if !yield(o, nil) {
				return
			}
		}
	}
}
