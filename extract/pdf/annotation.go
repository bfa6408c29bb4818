package pdf

import lib "github.com/ledongthuc/pdf"

// annotations draws the normal appearance of visible annotations (12.5.5):
// filled-in form fields and stamps are text on the page.
func (in *interpreter) annotations(v lib.Value, base matrix) error {
	for i := range min(v.Len(), maxParts) {
		a := v.Index(i)
		const hiddenOrNoView = 2 | 32
		if a.Key("F").Int64()&hiddenOrNoView != 0 || a.Key("Subtype").Name() == "Popup" {
			continue
		}
		ap := a.Key("AP").Key("N")
		if ap.Kind() == lib.Dict {
			ap = ap.Key(a.Key("AS").Name())
		}
		rect, ok := boxOf(a.Key("Rect"))
		bbox, ok2 := numbers(ap.Key("BBox"), 4)
		if ap.Kind() != lib.Stream || !ok || !ok2 || in.doc.isHidden(a, a.Key("OC")) {
			continue
		}
		b := matrixOf(ap.Key("Matrix")).box(bbox[0], bbox[1], bbox[2], bbox[3])
		if b.X1-b.X0 < 1e-6 || b.Y1-b.Y0 < 1e-6 {
			continue
		}
		sx, sy := (rect.X1-rect.X0)/(b.X1-b.X0), (rect.Y1-rect.Y0)/(b.Y1-b.Y0)
		in.gs = gstate{ctm: matrix{sx, 0, 0, sy, rect.X0 - b.X0*sx, rect.Y0 - b.Y0*sy}.mul(base), clip: in.view, lineWidth: 1, hScale: 1}
		in.res = newResources(lib.Value{})
		if err := in.form(ap, 0); err != nil {
			return err
		}
	}
	return nil
}
