// Package wordml builds Word documents (.docx) by code, as offices set them: A4 with
// the margins and type of GB/T 9704, headings, paragraphs, and tables with merged
// cells, repeated header rows and borders. It knows nothing of reports.
//
//	d := wordml.New()
//	d.Paragraph(wordml.Title, "问题清单")
//	d.Paragraph(wordml.Body, "请于…前更正。")
//	d.Table(&wordml.Table{Widths: []int{1, 4}, Rows: rows})
//	file, err := d.Bytes()
//
// All text is text: markup in it is escaped and is never a field. The only field of a
// document is the page number in its footer. The same calls give the same bytes.
//
// Fonts are named as the standard names them (方正小标宋简体, 仿宋_GB2312, 黑体); where
// they are not installed, the font table names the usual ones in their place.
//
// Lengths are twips, twentieths of a point; sizes of type are half points. Elements
// are those of ECMA-376 Part 1, §17.
package wordml
