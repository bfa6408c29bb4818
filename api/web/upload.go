package web

import (
	"net/http"

	"nianbao/api/auth"
	"nianbao/convert/intake"
)

type uploadView struct {
	MaxUploadBytes, MaxZipBytes int64
	MayUpload                   bool
	CSRF                        string // hidden field of the form, empty without a session
	Recent                      []batchRow
}

// recentBatches is how many batches the upload page names.
const recentBatches = 5

// Upload shows the form for files, folders and zips.
func (p *Pages) Upload(w http.ResponseWriter, r *http.Request) error {
	who, _ := auth.Of(r.Context())
	v := uploadView{MaxUploadBytes: p.cfg.MaxUploadBytes, MaxZipBytes: p.cfg.MaxZipBytes, CSRF: who.CSRF, MayUpload: auth.Require(r.Context(), auth.Upload) == nil}
	if p.cfg.Batches != nil && v.MayUpload {
		page, err := p.cfg.Batches.Batches(r.Context(), intake.BatchFilter{Limit: recentBatches})
		if err != nil {
			return err
		}
		for i := range page.Items {
			v.Recent = append(v.Recent, viewBatch(&page.Items[i]))
		}
	}
	return p.render(w, r, "upload", layout{Title: "上传报告", Nav: "upload", Body: v})
}

// Uploaded shows what became of the files of the upload form.
func (p *Pages) Uploaded(w http.ResponseWriter, r *http.Request, files []Outcome) error {
	return p.render(w, r, "uploaded", layout{Title: "上传结果", Nav: "upload", Body: files})
}
