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
func (n *Node) MarshalJSON() ([]byte, error) { return n.appendJSON(nil), nil }

func (n *Node) appendJSON(b []byte) []byte {
	if len(n.Children) == 0 {
		if n.Value == nil {
			return append(b, "null"...)
		}
		return append(b, *n.Value...)
	}
	b = append(b, '{')
	for i, c := range n.Children {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, c.Name), ':')
		b = c.appendJSON(b)
	}
	return append(b, '}')
}

// UnmarshalJSON reads what MarshalJSON writes, keeping the order of members. A decoder
// of tokens would do it in five times the time, which is most of what reading a result
// takes.
func (n *Node) UnmarshalJSON(data []byte) error {
	if !json.Valid(data) {
		return fmt.Errorf("report: figures are no JSON: %.40q", data)
	}
	_, err := n.read(data, 0)
	return err
}

const blanks = " \t\r\n"

// read reads the value that data, which is valid JSON, begins with, and gives the rest.
func (n *Node) read(data []byte, depth int) (rest []byte, err error) {
	if depth > 8 {
		return nil, fmt.Errorf("report: figures nested deeper than 8")
	}
	data = bytes.TrimLeft(data, blanks)
	switch c := data[0]; {
	case c == 'n': // null
		return data[len("null"):], nil
	case c == '-' || '0' <= c && c <= '9':
		end := bytes.IndexAny(data, ",}"+blanks)
		if end < 0 {
			end = len(data)
		}
		v := Number(data[:end])
		n.Value = &v
		return data[end:], nil
	case c != '{':
		return nil, fmt.Errorf("report: figure is neither object, number nor null: %.40q", data)
	}
	for data = bytes.TrimLeft(data[1:], blanks); data[0] != '}'; data = bytes.TrimLeft(data, ","+blanks) {
		c := &Node{}
		if c.Name, data, err = memberName(data); err != nil {
			return nil, err
		}
		data = bytes.TrimLeft(data, blanks)[1:] // the colon
		if data, err = c.read(data, depth+1); err != nil {
			return nil, err
		}
		n.Children = append(n.Children, c)
		data = bytes.TrimLeft(data, blanks)
	}
	return data[1:], nil
}

// memberName reads the string that data begins with.
func memberName(data []byte) (name string, rest []byte, err error) {
	end := 1
	plain := true
	for ; data[end] != '"'; end++ {
		if data[end] == '\\' {
			plain = false
			end++
		}
		plain = plain && data[end] < 0x80
	}
	if quoted := data[:end+1]; !plain {
		err = json.Unmarshal(quoted, &name)
	} else {
		name = string(quoted[1:end])
	}
	return name, data[end+1:], err
}
