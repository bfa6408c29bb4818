package web

import (
	"net/http"
	"net/url"

	"nianbao/api/auth"
	"nianbao/convert/bodies"
	"nianbao/convert/intake"
)

// belongingView is whose report it is on the list of bodies.
type belongingView struct {
	Name     string // of the body; empty where it is of none
	Href     string // of the body's years; empty where they are not shown
	ByHand   bool
	InForce  bool
	Editions bool // there are others of the same body and year
	MayWrite bool
	Action   string
	CSRF     string
	Names    []string // to choose from
}

// belonging is nil where there is no list of bodies.
func (p *Pages) belonging(r *http.Request, s *intake.Summary, editions bool) (*belongingView, error) {
	if may := auth.Require(r.Context(), auth.ReadBodies) == nil; p.cfg.Bodies == nil || !may {
		return nil, nil
	}
	list, err := p.cfg.Bodies.List(r.Context())
	if err != nil || len(list.Bodies()) == 0 {
		return nil, err
	}
	who, _ := auth.Of(r.Context())
	v := &belongingView{ByHand: s.BodyBy == string(bodies.ByHand), InForce: s.InForce, Editions: editions, CSRF: who.CSRF,
		MayWrite: auth.Require(r.Context(), auth.WriteBodies) == nil, Action: "/reports/" + url.PathEscape(s.ID) + "/body"}
	if b, ok := list.Get(s.BodyID); ok {
		v.Name = b.Name
		if p.cfg.Comparisons != nil {
			v.Href = "/bodies/" + url.PathEscape(b.ID)
		}
	}
	if v.MayWrite {
		for _, b := range list.Bodies()[:min(len(list.Bodies()), maxNames)] {
			v.Names = append(v.Names, b.Name)
		}
	}
	return v, nil
}
