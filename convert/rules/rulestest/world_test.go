package rulestest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// The rules under test that read sentences.
var narrative = []string{
	"narrative.table_conflict", "narrative.sum", "narrative.enumeration", "narrative.two_values",
	"narrative.percentage", "narrative.balance", "narrative.unit",
}

// world is a set of figures that agree with each other: what one made report is
// about. Slots of phrasings are its names.
type world struct {
	rng    *rand.Rand
	values map[string]int
}

// newWorld makes the figures of a report with applications, decisions and
// challenges.
func newWorld(seed uint64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 11)), values: map[string]int{}}
	v := w.values
	n := func(from, to int) int { return from + w.rng.IntN(to-from+1) }
	v["granted"], v["part"], v["denied"], v["unable"], v["np"], v["other"] = n(11, 60), n(2, 9), n(1, 9), n(3, 20), n(1, 8), n(1, 6)
	v["done"] = v["granted"] + v["part"] + v["denied"] + v["unable"] + v["np"] + v["other"]
	v["gp"] = v["granted"] + v["part"]
	v["forward"], v["carried"] = n(2, 7), n(8, 10)
	v["new"] = v["done"] + v["forward"] - v["carried"]
	v["all"] = v["new"] + v["carried"]
	v["org"] = n(2, 9)
	v["person"] = v["new"] - v["org"]
	v["secret"] = 0
	v["recon"], v["kept"], v["fixed"], v["reother"], v["repending"] = 0, n(4, 9), n(1, 3), 0, n(0, 2)
	v["recon"] = v["kept"] + v["fixed"] + v["repending"]
	v["direct"], v["after"] = n(2, 6), n(7, 12)
	v["lit"] = v["direct"] + v["after"]
	v["issued"], v["repealed"], v["inforce"] = n(2, 9), n(10, 19), n(20, 60)
	v["licences"], v["penalties"], v["compulsions"] = n(300, 5200), n(40, 290), n(5, 39)
	v["fee"] = n(10, 900)
	v["deleg"] = n(20, 90)
	return w
}

// figures are the table cells of the world.
func (w *world) figures() map[string]string {
	v := w.values
	out := map[string]string{}
	row := func(path string, person, business int) {
		out["applications/"+path+"/natural_person"] = strconv.Itoa(person)
		out["applications/"+path+"/business"] = strconv.Itoa(business)
		out["applications/"+path+"/total"] = strconv.Itoa(person + business)
	}
	row("new", v["person"], v["org"])
	row("carried_over", v["carried"], 0)
	row("granted", v["granted"]-v["org"], v["org"])
	row("partially_granted", v["part"], 0)
	row("denied/internal_affairs", v["denied"], 0)
	row("unable/not_held", v["unable"]-1, 0)
	row("unable/needs_creation", 1, 0)
	row("not_processed/repeated", v["np"], 0)
	row("other_outcome/other", v["other"], 0)
	row("total", v["done"]-v["org"], v["org"])
	row("carried_forward", v["forward"], 0)
	legal := func(group string, cells ...int) {
		total := 0
		for i, name := range []string{"upheld", "corrected", "other", "pending"} {
			total += cells[i]
			out["legal_challenges/"+group+"/"+name] = strconv.Itoa(cells[i])
		}
		out["legal_challenges/"+group+"/total"] = strconv.Itoa(total)
	}
	legal("reconsideration", v["kept"], v["fixed"], v["reother"], v["repending"])
	legal("litigation_direct", v["direct"], 0, 0, 0)
	legal("litigation_after_reconsideration", v["after"]-1, 1, 0, 0)
	p := func(path string, n int) { out["proactive_disclosure/"+path] = strconv.Itoa(n) }
	p("normative_documents/issued", v["issued"])
	p("normative_documents/repealed", v["repealed"])
	p("normative_documents/in_force", v["inforce"])
	p("administrative_licensing/decisions", v["licences"])
	p("administrative_penalties/decisions", v["penalties"])
	p("administrative_compulsion/decisions", v["compulsions"])
	out["proactive_disclosure/administrative_fees/amount_10k_yuan"] = strconv.Itoa(v["fee"]) + ".4696"
	return out
}

// wrong is another value for a slot: one that no other figure of the world has,
// alone or with a neighbour, so that nothing else can be meant.
func (w *world) wrong(slot string) int {
	v := w.values
	taken := []int{v["new"], v["all"], v["done"], v["person"], v["org"], v["recon"], v["lit"], v["recon"] + v["lit"],
		v["done"] - v["other"], v["done"] - v["other"] - v["np"], v["granted"] + v["part"], v["new"] + v["all"], v["forward"], v["carried"]}
	for {
		d := 1 + w.rng.IntN(9)
		n := v[slot] + d
		if w.rng.IntN(2) == 0 && v[slot] > d {
			n = v[slot] - d
		}
		if n != v[slot] && !slices.Contains(taken, n) {
			return n
		}
	}
}

// fill puts the figures into a phrasing: {new} is the slot's value, printed in
// one of the ways reports print numbers. change overrides slots.
func (w *world) fill(text string, change map[string]int) string {
	years := strings.NewReplacer("{Y}", "2021", "{P}", "2020", "{N}", "2022")
	text = years.Replace(text)
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		n, ok := change[slot]
		if !ok {
			n, ok = w.values[slot]
		}
		if !ok {
			panic(fmt.Sprintf("no slot %q", slot))
		}
		b.WriteString(w.print(n))
		text = after
	}
}

// print prints a number: mostly plain, sometimes full-width, grouped or spaced.
func (w *world) print(n int) string {
	s := strconv.Itoa(n)
	switch w.rng.IntN(10) {
	case 0:
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, s)
	case 1:
		if len(s) > 3 {
			return s[:len(s)-3] + "," + s[len(s)-3:]
		}
	case 2:
		return " " + s + " "
	}
	return s
}

// phrasing is one way to say something about the world, with the slots that a
// mistake may be planted in.
type phrasing struct {
	text string
	// plant are slots that the tables have too.
	plant string
	// chapter is where the text stands; empty means overview.
	chapter string
	agency  string
}

// conflicts makes cases for narrative.table_conflict: the right text, and one
// wrong text for each slot that may be planted in. Other rules about the same
// figures may speak up on wrong texts.
func conflicts(name string, list []phrasing, seeds int, heldOut bool) []Case {
	var out []Case
	for i, p := range list {
		for seed := range seeds {
			at := uint64(i*1000 + seed)
			c := Case{
				Name: fmt.Sprintf("%s %d#%d", name, i, seed), Chapter: p.chapter, Agency: p.agency, HeldOut: heldOut,
				Text: newWorld(at).fill(p.text, nil), Figures: newWorld(at).figures(),
			}
			out = append(out, c)
			for slot := range strings.FieldsSeq(p.plant) {
				w := newWorld(at)
				n := w.wrong(slot)
				wrong := c
				wrong.Name += " wrong " + slot
				wrong.Text = w.fill(p.text, map[string]int{slot: n})
				wrong.Want = []string{"narrative.table_conflict"}
				wrong.MayFail = []string{"narrative.balance", "narrative.sum", "narrative.two_values", "narrative.percentage"}
				out = append(out, wrong)
			}
		}
	}
	return out
}

// traps makes cases in which no rule may find anything.
func traps(name string, list []phrasing, seeds int, heldOut bool) []Case {
	var out []Case
	for i, p := range list {
		for seed := range seeds {
			w := newWorld(uint64(i*1000 + seed + 500))
			out = append(out, Case{
				Name: fmt.Sprintf("%s trap %d#%d", name, i, seed), Chapter: p.chapter, Agency: p.agency, HeldOut: heldOut,
				Text: w.fill(p.text, nil), Figures: w.figures(),
			})
		}
	}
	return out
}

// planted makes cases from texts with their own figures: right ones, and wrong
// ones that the rule must find.
func planted(rule string, right, wrong []string, heldOut bool, mayFail ...string) []Case {
	var out []Case
	for i, text := range right {
		w := newWorld(uint64(i))
		out = append(out, Case{Name: fmt.Sprintf("%s right %d", rule, i), Text: w.fill(text, nil), Figures: w.figures(), HeldOut: heldOut})
	}
	for i, text := range wrong {
		w := newWorld(uint64(i))
		out = append(out, Case{Name: fmt.Sprintf("%s wrong %d", rule, i), Text: w.fill(text, nil), Figures: w.figures(), HeldOut: heldOut, Want: []string{rule}, MayFail: mayFail})
	}
	return out
}
