package intake

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"nianbao/convert/report"
	"nianbao/extract"
)

// maxJudged is how many validations with corrections are kept: some dozen reports are
// being reviewed at a time, and each is asked for several times after every remark.
const maxJudged = 64

// judgements keeps the last validations with corrections. Nobody changes them.
type judgements struct {
	mu    sync.Mutex
	known map[[sha256.Size]byte]*report.Validation
	order [][sha256.Size]byte // the oldest first
}

func (j *judgements) get(key [sha256.Size]byte) *report.Validation {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.known[key]
}

func (j *judgements) put(key [sha256.Size]byte, v *report.Validation) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.known == nil {
		j.known = map[[sha256.Size]byte]*report.Validation{}
	}
	if j.known[key] == nil {
		j.order = append(j.order, key)
	}
	j.known[key] = v
	for len(j.order) > maxJudged {
		delete(j.known, j.order[0])
		j.order = j.order[1:]
	}
}

// judgeAnew judges the document of a result with corrections. It is a pure function of
// what the key is made of.
func (s *Service) judgeAnew(ctx context.Context, digest string, read report.Versions, corrections []report.Correction) (*report.Validation, error) {
	made := []any{digest, read}
	for i := range corrections {
		made = append(made, corrections[i].Path, corrections[i].Value)
	}
	b, err := json.Marshal(made)
	if err != nil {
		return nil, fmt.Errorf("intake: judging %s anew: %w", digest, err)
	}
	key := sha256.Sum256(b)
	if v := s.judged.get(key); v != nil {
		return v, nil
	}
	doc, err := s.loadDocument(ctx, digest, read)
	if err != nil {
		return nil, ours(err)
	}
	v, err := s.applyRules(doc, corrections)
	if err != nil {
		return nil, err
	}
	s.judged.put(key, v)
	return v, nil
}

// applyRules calls the rules, whose panics must not end the process.
func (s *Service) applyRules(doc *extract.Document, corrections []report.Correction) (v *report.Validation, err error) {
	defer caught(&err)
	out := s.cfg.Judge(doc, corrections)
	return &out, nil
}
