package extract

// Format is a file format, told from the content.
type Format string

// The formats that are told apart. Only FormatDOCX and FormatPDF can be read.
const (
	FormatDOCX Format = "docx"
	FormatPDF  Format = "pdf"
)

// MediaType is the registered media type of the format.
func (f Format) MediaType() string {
	switch f {
	case FormatDOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case FormatPDF:
		return "application/pdf"
	}
	return "application/octet-stream"
}
