package sandbox

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"nianbao/extract"
)

// settings is the first frame a child gets.
type settings struct {
	MemoryBytes int64 `json:"memory_bytes"`
	StackBytes  int64 `json:"stack_bytes"`
	CPUSeconds  int64 `json:"cpu_seconds"` // for one file
	AnswerBytes int64 `json:"answer_bytes"`
	// AnswerMemory bounds what an answer takes once it is read, beside its text.
	AnswerMemory int64           `json:"answer_memory"`
	Options      extract.Options `json:"options"`
	// Engine is how the second PDF engine runs; nil where it is not prepared.
	Engine *engineSettings `json:"engine,omitempty"`
	// Prepare tells the child to compile the second engine into its cache, to
	// greet, and to end: it gets no file, and no holds that forbid writing.
	Prepare bool `json:"prepare,omitempty"`
}

// engineSettings is what a child may read beside its file.
type engineSettings struct {
	CacheDir string   `json:"cache_dir"`
	Fonts    []string `json:"fonts"`
}

// request says what to do with the file that comes with it.
type request struct {
	// Draw is the page to draw; the whole file is read where it is nil.
	Draw *drawing `json:"draw,omitempty"`
}

// drawing is a page, from 1, and the pixels per inch to draw it with or, where
// Width is set, the pixels that it shall be wide.
type drawing struct {
	Page  int     `json:"page"`
	DPI   float64 `json:"dpi,omitempty"`
	Width int     `json:"width,omitempty"`
}

// Report tells which of the holds on a child are in force.
type Report struct {
	// Applied names the holds in force, for instance "landlock" or "rlimit_data".
	Applied []string `json:"applied"`
	// Missing are the ones that this system did not allow.
	Missing []Gap `json:"missing"`
}

// Gap is a hold that could not be put on a child.
type Gap struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Has tells whether the named hold is in force.
func (r Report) Has(name string) bool {
	for _, a := range r.Applied {
		if a == name {
			return true
		}
	}
	return false
}

// note enters the outcome of putting one hold on.
func (r *Report) note(name string, err error) {
	if err == nil {
		r.Applied = append(r.Applied, name)
		return
	}
	r.Missing = append(r.Missing, Gap{Name: name, Reason: err.Error()})
}

// answer is what a child says of one file: exactly one of Extraction, Error,
// Failure and PNG is set.
type answer struct {
	Extraction *extract.Extraction
	Error      *extract.Error
	// Failure is an error that is not the file's fault.
	Failure string
	// PNG is a drawn page.
	PNG []byte
	// Lacking, beside one of the others, tells that the second engine was wanted
	// and not prepared.
	Lacking bool
	// More tells that more of the document follows in another answer, see parts.
	More bool
}

const (
	// frameHeader is the length of a frame's length.
	frameHeader = 4
	// firstFrame is what is allocated to write a frame: most documents' size.
	firstFrame = 32 << 10
	// firstGrow is what is allocated for a frame before its bytes arrive.
	firstGrow = 1 << 20
	// maxRequestBytes bounds what comes with a file.
	maxRequestBytes = 4 << 10
	// maxReportBytes bounds a child's greeting.
	maxReportBytes = 64 << 10
	// requestByte comes with a file's descriptor.
	requestByte = 'f'
)

// errFrameTooLarge is a frame above the cap.
var errFrameTooLarge = errors.New("sandbox: frame too large")

// encodeFrame makes a frame of v as JSON; errFrameTooLarge above limit bytes.
func encodeFrame(v any, limit int64) ([]byte, error) {
	frame := bytes.NewBuffer(make([]byte, frameHeader))
	if err := json.NewEncoder(frame).Encode(v); err != nil {
		return nil, fmt.Errorf("sandbox: encode %T: %w", v, err)
	}
	return closeFrame(frame.Bytes()[:frame.Len()-len("\n")], limit)
}

// closeFrame puts the length before a body that was written behind frameHeader
// bytes; errFrameTooLarge above limit bytes.
func closeFrame(frame []byte, limit int64) ([]byte, error) {
	body := len(frame) - frameHeader
	if int64(body) > limit {
		return nil, errFrameTooLarge
	}
	binary.BigEndian.PutUint32(frame, uint32(body))
	return frame, nil
}

// readFrame reads the body of the next frame. io.EOF means that the other side
// ended between two frames; errFrameTooLarge that it announced more than limit.
func readFrame(r io.Reader, limit int64) ([]byte, error) {
	var head [frameHeader]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := int64(binary.BigEndian.Uint32(head[:]))
	if n > limit {
		return nil, errFrameTooLarge
	}
	// Not make(n): the length is only a promise, so memory grows with what comes.
	var body bytes.Buffer
	body.Grow(int(min(n, firstGrow)) + bytes.MinRead) // what it wants to see that nothing follows
	if _, err := io.CopyN(&body, r, n); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return body.Bytes(), nil
}
