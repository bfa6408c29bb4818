package pdfium

// export is a function of the module.
type export uint8

// The functions that are used, by the groups of PDFium's headers.
const (
	fnMalloc export = iota
	fnLastError
	fnLoadDocument
	fnPageCount
	fnLoadPage
	fnClosePage
	fnPageBox
	fnRotation
	fnAnnotCount
	fnAnnot
	fnAnnotSubtype
	fnCloseAnnot
	fnFlatten
	fnNewDocument
	fnImportPages
	fnCloseDocument
	fnTextLoad
	fnTextClose
	fnTextCount
	fnUnicode
	fnLooseBox
	fnTightBox
	fnOrigin
	fnGenerated
	fnMapError
	fnHyphen
	fnTextObject
	fnObjectCount
	fnObject
	fnFormCount
	fnFormObject
	fnObjectType
	fnMatrix
	fnFillColor
	fnStrokeColor
	fnStrokeWidth
	fnClip
	fnClipPaths
	fnClipSegments
	fnClipSegment
	fnMarks
	fnMark
	fnMarkName
	fnDrawMode
	fnSegments
	fnSegment
	fnPoint
	fnSegmentType
	fnSegmentClose
	fnRenderMode
	fnFontSize
	fnFont
	fnFontName
	fnFontFlags
	fnFontAscent
	fnFontDescent
	fnGlyphWidth
	fnBitmapCreate
	fnBitmapFill
	fnBitmapBuffer
	fnBitmapStride
	fnBitmapDestroy
	fnRender
	exports // how many there are
)

// exportNames are the names of the functions.
func exportNames() [exports]string {
	return [exports]string{
		fnMalloc:    "malloc",
		fnLastError: "FPDF_GetLastError", fnLoadDocument: "FPDF_LoadMemDocument", fnPageCount: "FPDF_GetPageCount",
		fnLoadPage: "FPDF_LoadPage", fnClosePage: "FPDF_ClosePage", fnPageBox: "FPDF_GetPageBoundingBox",
		fnRotation: "FPDFPage_GetRotation", fnAnnotCount: "FPDFPage_GetAnnotCount", fnAnnot: "FPDFPage_GetAnnot",
		fnAnnotSubtype: "FPDFAnnot_GetSubtype", fnCloseAnnot: "FPDFPage_CloseAnnot", fnFlatten: "FPDFPage_Flatten",
		fnNewDocument: "FPDF_CreateNewDocument", fnImportPages: "FPDF_ImportPagesByIndex", fnCloseDocument: "FPDF_CloseDocument",
		fnTextLoad: "FPDFText_LoadPage", fnTextClose: "FPDFText_ClosePage", fnTextCount: "FPDFText_CountChars",
		fnUnicode: "FPDFText_GetUnicode", fnLooseBox: "FPDFText_GetLooseCharBox", fnTightBox: "FPDFText_GetCharBox",
		fnOrigin: "FPDFText_GetCharOrigin", fnGenerated: "FPDFText_IsGenerated", fnMapError: "FPDFText_HasUnicodeMapError", fnHyphen: "FPDFText_IsHyphen",
		fnTextObject: "FPDFText_GetTextObject", fnObjectCount: "FPDFPage_CountObjects", fnObject: "FPDFPage_GetObject",
		fnFormCount: "FPDFFormObj_CountObjects", fnFormObject: "FPDFFormObj_GetObject", fnObjectType: "FPDFPageObj_GetType",
		fnMatrix: "FPDFPageObj_GetMatrix", fnFillColor: "FPDFPageObj_GetFillColor", fnStrokeColor: "FPDFPageObj_GetStrokeColor",
		fnStrokeWidth: "FPDFPageObj_GetStrokeWidth", fnClip: "FPDFPageObj_GetClipPath", fnClipPaths: "FPDFClipPath_CountPaths",
		fnClipSegments: "FPDFClipPath_CountPathSegments", fnClipSegment: "FPDFClipPath_GetPathSegment",
		fnMarks: "FPDFPageObj_CountMarks", fnMark: "FPDFPageObj_GetMark", fnMarkName: "FPDFPageObjMark_GetName",
		fnDrawMode: "FPDFPath_GetDrawMode", fnSegments: "FPDFPath_CountSegments", fnSegment: "FPDFPath_GetPathSegment",
		fnPoint: "FPDFPathSegment_GetPoint", fnSegmentType: "FPDFPathSegment_GetType", fnSegmentClose: "FPDFPathSegment_GetClose",
		fnRenderMode: "FPDFTextObj_GetTextRenderMode", fnFontSize: "FPDFTextObj_GetFontSize", fnFont: "FPDFTextObj_GetFont",
		fnFontName: "FPDFFont_GetBaseFontName", fnFontFlags: "FPDFFont_GetFlags",
		fnFontAscent: "FPDFFont_GetAscent", fnFontDescent: "FPDFFont_GetDescent", fnGlyphWidth: "FPDFFont_GetGlyphWidth",
		fnBitmapCreate: "FPDFBitmap_CreateEx", fnBitmapFill: "FPDFBitmap_FillRect", fnBitmapBuffer: "FPDFBitmap_GetBuffer",
		fnBitmapStride: "FPDFBitmap_GetStride", fnBitmapDestroy: "FPDFBitmap_Destroy", fnRender: "FPDF_RenderPageBitmap",
	}
}
