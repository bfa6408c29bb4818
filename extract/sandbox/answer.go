package sandbox

import (
	"encoding/json"
	"errors"

	"nianbao/extract"
	"nianbao/extract/wire"
)

// The body of an answer's frame: a byte that says what it is, a byte of marks, and
// an extraction in the form of package wire, a picture as it is, or a refusal as
// JSON.
const (
	kindExtraction = 'x'
	kindPNG        = 'p'
	kindRefusal    = 'e'

	markLacking = 1
	markMore    = 2

	answerHeader = 2 // bytes
)

// refusal is an answer that is an error.
type refusal struct {
	Error   *extract.Error `json:"error,omitempty"`
	Failure string         `json:"failure,omitempty"`
}

// frame is the answer as a frame of at most limit bytes; what its extraction takes
// is taken from memory. Errors: errFrameTooLarge, and those of wire.Append.
func (a answer) frame(limit int64, memory *int64) ([]byte, error) {
	var marks byte
	if a.Lacking {
		marks |= markLacking
	}
	if a.More {
		marks |= markMore
	}
	out := make([]byte, frameHeader, firstFrame)
	var err error
	switch {
	case a.Extraction != nil:
		out, err = wire.Append(append(out, kindExtraction, marks), a.Extraction, memory)
	case a.PNG != nil:
		out = append(append(out, kindPNG, marks), a.PNG...)
	default:
		var body []byte
		body, err = json.Marshal(refusal{a.Error, a.Failure})
		out = append(append(out, kindRefusal, marks), body...)
	}
	if err != nil {
		return nil, err
	}
	return closeFrame(out, limit)
}

// readAnswer reads the body of an answer's frame. What the values mean is not
// checked.
func readAnswer(body []byte, memory *int64) (answer, error) {
	if len(body) < answerHeader {
		return answer{}, errors.New("a cut answer")
	}
	kind, marks, body := body[0], body[1], body[answerHeader:]
	a := answer{Lacking: marks&markLacking != 0, More: marks&markMore != 0}
	var err error
	switch kind {
	case kindExtraction:
		a.Extraction, err = wire.Decode(body, memory)
	case kindPNG:
		a.PNG = body
	case kindRefusal:
		var r refusal
		err = json.Unmarshal(body, &r)
		a.Error, a.Failure = r.Error, r.Failure
	default:
		err = errors.New("an answer of unknown kind")
	}
	return a, err
}
