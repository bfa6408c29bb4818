package extract

// Format is a file format, told from the content.
type Format string

// The formats that can be read.
const (
	FormatDOCX Format = "docx"
	FormatDOC  Format = "doc" // Word 97–2003, and WPS in the same form
	FormatPDF  Format = "pdf"
	// FormatWordXML is one XML file: a flat package or Word 2003's XML.
	FormatWordXML Format = "wordxml"
	FormatRTF     Format = "rtf"
	FormatHTML    Format = "html"
	FormatMHT     Format = "mht" // a web page in one file (MHTML, RFC 2557)
)

// MediaType is the registered media type of the format.
func (f Format) MediaType() string {
	switch f {
	case FormatDOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case FormatDOC:
		return "application/msword"
	case FormatWordXML:
		return "application/xml"
	case FormatPDF:
		return "application/pdf"
	case FormatRTF:
		return "application/rtf"
	case FormatHTML:
		return "text/html"
	case FormatMHT:
		return "multipart/related"
	}
	return "application/octet-stream"
}
