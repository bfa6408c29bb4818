package catalog_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"nianbao/convert/intake"
	"nianbao/storage/catalog"
	"nianbao/storage/db"
	"nianbao/storage/db/dbtest"
)

// Lists and single look-ups agree on what somebody sees: what he sent first, sent
// again or in a batch, and what is of his bodies.
func TestScope(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, c, a := t.Context(), catalog.New(d, nil), catalog.NewAuth(d)
		ids := []string{"first", "again", "batched", "body", "other", "nobody"}
		for i, id := range ids {
			row := intake.Row{Summary: intake.Summary{ID: id, State: intake.StateDone, SHA256: id, ReceivedAt: time.UnixMicro(int64(i)).UTC()}}
			if created, err := c.Insert(ctx, row); err != nil || !created {
				t.Fatal(created, err)
			}
		}
		for _, sql := range []string{
			`update reports set sender = '云溪县' where id = 'first'`,
			`update reports set sender = '青石区', body_id = 'b2' where id in ('again', 'batched', 'other')`,
			`update reports set sender = '青石区', body_id = 'b1' where id = 'body'`,
			`insert into batches (id, name, sender, state, created_us, touched_us) values ('x', '', '云溪县', 'done', 0, 0)`,
			`insert into batch_files (batch_id, seq, path, sha256, size_bytes, report_id, known, state, event)
				values ('x', 0, 'a.pdf', 'batched', 1, 'batched', true, 'done', 1)`,
		} {
			if _, err := d.ExecContext(ctx, sql); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := a.Share(ctx, "again", "云溪县"); err != nil {
				t.Fatal(err)
			}
		}
		wide := catalog.FewAndSlow(catalog.New(d, nil), 0, 45)
		many := make([]string, 1000)
		for i := range many {
			many[i] = fmt.Sprint("none", i)
		}
		for _, x := range []struct {
			scope intake.Scope
			want  []string
		}{
			{intake.Scope{}, ids},
			{intake.Scope{Restricted: true}, nil},
			{intake.Scope{Restricted: true, Sender: "云溪县"}, []string{"first", "again", "batched"}},
			{intake.Scope{Restricted: true, Sender: "云溪"}, nil},
			{intake.Scope{Restricted: true, Bodies: []string{"b1"}}, []string{"body"}},
			{intake.Scope{Restricted: true, Sender: "云溪县", Bodies: []string{"b0", "b1"}}, []string{"first", "again", "batched", "body"}},
			{intake.Scope{Restricted: true, Bodies: append(many, "b1")}, []string{"body"}},
			{intake.Scope{Restricted: true, Bodies: []string{"", "b1' or '1'='1"}}, nil},
		} {
			page, err := c.List(ctx, intake.Filter{Scope: x.scope})
			if err != nil {
				t.Fatal(err)
			}
			asked, err := wide.List(ctx, intake.Filter{Scope: x.scope})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(asked.Items, page.Items) {
				t.Errorf("%.200v: each asked: %v, looked up: %v", x.scope, asked.Items, page.Items)
			}
			var listed, seen []string
			for _, s := range page.Items {
				listed = append(listed, s.ID)
			}
			slices.Reverse(listed) // newest first
			for _, id := range ids {
				ok, err := a.Sees(ctx, x.scope, id)
				if err != nil {
					t.Fatal(err)
				}
				if ok {
					seen = append(seen, id)
				}
			}
			if !slices.Equal(listed, x.want) || !slices.Equal(seen, x.want) || page.Total != int64(len(x.want)) {
				t.Errorf("%.200v: list %v (of %d), look-ups %v, want %v", x.scope, listed, page.Total, seen, x.want)
			}
		}
		if ok, err := a.Sees(ctx, intake.Scope{}, "none"); ok || err != nil {
			t.Errorf("a report that does not exist: %v, %v", ok, err)
		}
	})
}
