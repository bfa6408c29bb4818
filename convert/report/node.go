package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Node is a statutory table's figures as an ordered tree. A node with Children
// is a JSON object; a node without is a number or null. The order is the form's,
// so that the same report always gives the same bytes.
type Node struct {
	Name     string
	Children []*Node
	// Value is the figure of a leaf, as printed; nil where there is no readable
	// number.
	Value *Number
}

// Number is a figure exactly as a decimal literal of JSON ("160.5964"): amounts
// of money keep their printed digits.
type Number string

// Float is the value as float64.
func (n Number) Float() float64 {
	f, _ := strconv.ParseFloat(string(n), 64)
	return f
}

// Int is the value as an integer, and whether it is one.
func (n Number) Int() (int64, bool) {
	i, err := strconv.ParseInt(string(n), 10, 64)
	return i, err == nil
}

// MarshalJSON writes the literal itself.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// UnmarshalJSON reads a JSON number.
func (n *Number) UnmarshalJSON(data []byte) error {
	var v json.Number
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*n = Number(v)
	return nil
}

// Child returns the child with that name, or nil.
func (n *Node) Child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Clone is a copy that shares nothing; nil of nil.
func (n *Node) Clone() *Node {
	if n == nil {
		return nil
	}
	out := &Node{Name: n.Name}
	if n.Value != nil {
		v := *n.Value
		out.Value = &v
	}
	for _, c := range n.Children {
		out.Children = append(out.Children, c.Clone())
	}
	return out
}

// At follows a slash-separated path ("denied/state_secret/total"); nil where it
// leads nowhere.
func (n *Node) At(path string) *Node {
	for name := range strings.SplitSeq(path, "/") {
		if n = n.Child(name); n == nil {
			return nil
		}
	}
	return n
}

// Ensure returns the node at the path and creates what is missing, in order.
func (n *Node) Ensure(path string) *Node {
	for name := range strings.SplitSeq(path, "/") {
		c := n.Child(name)
		if c == nil {
			c = &Node{Name: name}
			n.Children = append(n.Children, c)
		}
		n = c
	}
	return n
}

// MarshalJSON writes an object, a number or null.
func (n *Node) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	n.write(&b)
	return b.Bytes(), nil
}

func (n *Node) write(b *bytes.Buffer) {
	if len(n.Children) == 0 {
		if n.Value == nil {
			b.WriteString("null")
		} else {
			b.WriteString(string(*n.Value))
		}
		return
	}
	b.WriteByte('{')
	for i, c := range n.Children {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(c.Name)) // names are ASCII identifiers
		b.WriteByte(':')
		c.write(b)
	}
	b.WriteByte('}')
}

// UnmarshalJSON reads what MarshalJSON writes, keeping the order of members.
func (n *Node) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return n.read(d, 0)
}

func (n *Node) read(d *json.Decoder, depth int) error {
	if depth > 8 {
		return fmt.Errorf("report: figures nested deeper than 8")
	}
	tok, err := d.Token()
	if err != nil {
		return err
	}
	switch t := tok.(type) {
	case nil:
		return nil
	case json.Number:
		v := Number(t)
		n.Value = &v
		return nil
	case json.Delim:
		if t != '{' {
			break
		}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return err
			}
			c := &Node{Name: name.(string)}
			if err := c.read(d, depth+1); err != nil {
				return err
			}
			n.Children = append(n.Children, c)
		}
		_, err = d.Token()
		return err
	}
	return fmt.Errorf("report: figure is neither object, number nor null: %v", tok)
}
