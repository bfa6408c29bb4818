package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"

	"nianbao/convert/aggregate"
	"nianbao/convert/fixture"
	"nianbao/convert/report"
)

// districtFiles are reports of the first bodies of the district: one is blank in a cell,
// one of the older form, one came twice under two names, one cannot be read.
func districtFiles(t *testing.T) []part {
	t.Helper()
	var files []part
	for i := range 12 {
		formID := "2021"
		if i == 6 {
			formID = "2019"
		}
		r := fixture.Of(uint64(i), formID, district()[i], districtYear)
		if i == 7 {
			blank := report.Number("")
			r.Applications.At("granted/natural_person").Value = &blank
		}
		if i == 5 {
			files = append(files, part{name: "公安局2025.docx", body: []byte("PK\x03\x04 cut off")})
			continue
		}
		body := fileOf(t, r, ending(i))
		files = append(files, part{name: *r.Title + ending(i), body: body})
		if i == 3 {
			files = append(files, part{name: "副本" + ending(i), body: body})
		}
	}
	return files
}

func zipped(t *testing.T, files []part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, f := range files {
		w, err := z.Create(fmt.Sprintf("%d/%s", i, f.name))
		if err == nil {
			_, err = w.Write(f.body)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The sums are the same to the last byte, whatever order and batches the reports came in.
func TestRollUpDoesNotDependOnBatches(t *testing.T) {
	files := districtFiles(t)
	rng := rand.New(rand.NewPCG(7, 8))
	var want []byte
	for round, cuts := range [][]int{{1, 4, 9}, {6}, nil} {
		s := newSite(t)
		s.list(district()[:14]...)
		mine := append([]part(nil), files...)
		rng.Shuffle(len(mine), func(i, k int) { mine[i], mine[k] = mine[k], mine[i] })
		from := 0
		for n, cut := range append(cuts, len(mine)) {
			if round == 2 { // one after the other
				for i, f := range mine {
					if r := send(t, s.base+"/v1/reports", s.header(), f); r.status >= 500 {
						t.Fatalf("%d: %d %s", i, r.status, r.body)
					}
				}
				break
			}
			s.batch(fmt.Sprint(n), "批次", part{name: "一包.zip", body: zipped(t, mine[from:cut])})
			from = cut
		}
		got := s.send(http.MethodGet, fmt.Sprintf("/v1/aggregate?year=%d", districtYear), "", nil, http.StatusOK).body
		if want == nil {
			want = got
		}
		if !bytes.Equal(want, got) {
			t.Errorf("round %d:\n%s\n%s", round, want, got)
		}
	}
	var sum aggregate.Sum
	if err := json.Unmarshal(want, &sum); err != nil {
		t.Fatal(err)
	}
	if sum.Counts[aggregate.Counted] != 10 || len(sum.Forms) != 2 || sum.Forms[0].Bodies != 9 {
		t.Errorf("%+v", sum.Counts)
	}
	if c := sum.Forms[0].Cell("/report/applications/granted/natural_person"); len(c.Blank) != 1 || c.Contributors != 8 {
		t.Errorf("%+v", c)
	}
}
