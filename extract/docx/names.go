package docx

// ns is a namespace: transitional and strict spellings are the same one.
type ns int32

// The namespaces that mean something to the reader; nsOther are all others.
const (
	nsNone ns = iota
	nsXML
	nsW     // WordprocessingML
	nsW14   // Microsoft's extensions of it
	nsR     // relationships used in content
	nsM     // Office Math
	nsMC    // markup compatibility
	nsWP    // WordprocessingML drawing
	nsWPS   // Word shapes
	nsWPG   // Word groups and canvases
	nsA     // DrawingML
	nsPic   // DrawingML pictures
	nsChart // DrawingML charts
	nsDgm   // DrawingML diagrams
	nsV     // VML
	nsO     // VML, Office part
	nsWX    // hints in Word 2003's XML
	nsAML   // annotations in it
	nsPkg   // flat packages
	nsRel   // package relationships
	nsCT    // content types
	nsOther
)

// spaceOf names the namespace of a URI, nsOther where it is unknown.
func spaceOf(uri []byte) ns {
	switch string(uri) {
	case "":
		return nsNone
	case "http://www.w3.org/XML/1998/namespace":
		return nsXML
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
		"http://schemas.microsoft.com/office/word/2003/wordml": // its names mean the same
		return nsW
	case "http://schemas.microsoft.com/office/word/2010/wordml", "http://schemas.microsoft.com/office/word/2012/wordml",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", "http://schemas.microsoft.com/office/drawing/2010/main":
		return nsW14
	case "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships":
		return nsR
	case "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math":
		return nsM
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return nsMC
	case "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":
		return nsWP
	case "http://schemas.microsoft.com/office/word/2010/wordprocessingShape":
		return nsWPS
	case "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas":
		return nsWPG
	case "http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main":
		return nsA
	case "http://schemas.openxmlformats.org/drawingml/2006/picture", "http://purl.oclc.org/ooxml/drawingml/picture":
		return nsPic
	case "http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart":
		return nsChart
	case "http://schemas.openxmlformats.org/drawingml/2006/diagram", "http://purl.oclc.org/ooxml/drawingml/diagram":
		return nsDgm
	case "urn:schemas-microsoft-com:vml":
		return nsV
	case "urn:schemas-microsoft-com:office:office":
		return nsO
	case "http://schemas.microsoft.com/office/word/2003/auxHint":
		return nsWX
	case "http://schemas.microsoft.com/aml/2001/core":
		return nsAML
	case "http://schemas.microsoft.com/office/2006/xmlPackage":
		return nsPkg
	case "http://schemas.openxmlformats.org/package/2006/relationships":
		return nsRel
	case "http://schemas.openxmlformats.org/package/2006/content-types":
		return nsCT
	}
	return nsOther
}

// understood tells whether a branch of mc:AlternateContent that needs the
// namespace can be read here.
func understood(space ns) bool {
	return space > nsXML && space < nsOther && space != nsMC
}
