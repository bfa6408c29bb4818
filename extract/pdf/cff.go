package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// parseCFF reads charset and encoding of a Compact Font Format program (Adobe
// Technical Note 5176) as far as they name glyphs; damage leaves p as it is.
func parseCFF(data []byte, p *fontProgram) {
	if len(data) < 4 {
		return
	}
	_, rest, ok := cffIndex(data, int(data[2])) // Name INDEX
	if !ok {
		return
	}
	tops, rest, ok := cffIndex(data, rest)
	if !ok || len(tops) == 0 {
		return
	}
	strs, _, ok := cffIndex(data, rest)
	if !ok {
		return
	}
	top := cffDict(tops[0])
	glyphs, _, ok := cffIndex(data, top[17])
	if !ok {
		return
	}
	sids := cffCharset(data, top[15], len(glyphs))
	if _, cidKeyed := top[opROS]; cidKeyed {
		if n := top[opOrdering] - cffStandardStrings; n >= 0 && n < len(strs) {
			p.ordering = string(strs[n])
		}
		p.gidOfCID = make(map[uint32]uint32, len(sids))
		for gid, cid := range sids {
			p.gidOfCID[uint32(cid)] = uint32(gid)
		}
		return
	}
	p.names = make([]string, len(sids))
	standardNames, expert := cffStandardNames(), strings.Fields(cffExpertNames)
	for gid, sid := range sids {
		switch n := int(sid); {
		case n < len(standardNames):
			p.names[gid] = standardNames[n]
		case n < len(standardNames)+len(expert):
			p.names[gid] = expert[n-len(standardNames)]
		case n >= cffStandardStrings && n-cffStandardStrings < len(strs):
			p.names[gid] = string(strs[n-cffStandardStrings])
		}
	}
	cffEncoding(data, top[16], p)
}

const (
	// cffStandardStrings is the number of strings every CFF font has (appendix A).
	cffStandardStrings = 391
	// opROS is the two-byte operator 12 30 of a CID-keyed font.
	opROS = 12<<8 | 30
	// opOrdering is where cffDict keeps the operand of ROS before its last.
	opOrdering = 1 << 16
)

// cffIndex cuts the INDEX at offset at and tells where it ends.
func cffIndex(data []byte, at int) (items [][]byte, end int, ok bool) {
	if at <= 0 || at+2 > len(data) {
		return nil, 0, false
	}
	n := int(binary.BigEndian.Uint16(data[at:]))
	if n == 0 {
		return nil, at + 2, true
	}
	if at+3 > len(data) {
		return nil, 0, false
	}
	size := int(data[at+2])
	base := at + 3 + (n+1)*size - 1
	if size < 1 || size > 4 || base >= len(data) {
		return nil, 0, false
	}
	offset := func(i int) int { return base + int(codeOf(data[at+3+i*size:at+3+(i+1)*size])) }
	items = make([][]byte, n)
	for i := range items {
		from, to := offset(i), offset(i+1)
		if from <= base || to < from || to > len(data) {
			return nil, 0, false
		}
		items[i] = data[from:to]
	}
	return items, offset(n), true
}

// cffDict gives the last integer operand of each operator, and of ROS also the
// one before; reals count as 0.
func cffDict(b []byte) map[int]int {
	d := map[int]int{}
	last, before := 0, 0
	for i := 0; i < len(b); {
		c := int(b[i])
		i++
		if c >= 28 {
			before = last
		}
		switch {
		case c == 12 && i < len(b):
			op := 12<<8 | int(b[i])
			if d[op] = last; op == opROS {
				d[opOrdering] = before
			}
			i++
		case c <= 21:
			d[c] = last
		case c == 28 && i+2 <= len(b):
			last = int(int16(binary.BigEndian.Uint16(b[i:])))
			i += 2
		case c == 29 && i+4 <= len(b):
			last = int(int32(binary.BigEndian.Uint32(b[i:])))
			i += 4
		case c == 30:
			for i < len(b) && b[i]&0x0F != 0x0F && b[i]>>4 != 0x0F {
				i++
			}
			i, last = i+1, 0
		case c >= 32 && c <= 246:
			last = c - 139
		case c >= 247 && c <= 250 && i < len(b):
			last = (c-247)*256 + int(b[i]) + 108
			i++
		case c >= 251 && c <= 254 && i < len(b):
			last = -(c-251)*256 - int(b[i]) - 108
			i++
		}
	}
	return d
}

// cffCharset gives the SID or CID of each of n glyphs.
func cffCharset(data []byte, at, n int) []uint16 {
	sids := make([]uint16, n)
	if at <= 2 {
		for i := range sids {
			if at == 0 && i <= 228 { // ISOAdobe; the expert sets name no text of ours
				sids[i] = uint16(i)
			}
		}
		return sids
	}
	if at >= len(data) {
		return sids
	}
	format, b := data[at], data[at+1:]
	for gid := 1; gid < n; {
		size := [3]int{2, 3, 4}[min(format, 2)]
		if len(b) < size {
			break
		}
		first, left := int(binary.BigEndian.Uint16(b)), 0
		switch format {
		case 1:
			left = int(b[2])
		case 2:
			left = int(binary.BigEndian.Uint16(b[2:]))
		}
		b = b[size:]
		for k := 0; k <= left && gid < n; k++ {
			sids[gid] = uint16(first + k)
			gid++
		}
	}
	return sids
}

// cffEncoding fills the built-in encoding from the table at offset at.
func cffEncoding(data []byte, at int, p *fontProgram) {
	name := func(code, gid int) {
		if code < 256 && gid < len(p.names) {
			p.codeNames[code] = p.names[gid]
		}
	}
	if at == 0 { // StandardEncoding
		gids := map[string]int{}
		for gid, n := range p.names {
			gids[n] = gid
		}
		for code, r := range standard() {
			if gid, ok := gids[uniName(r)]; ok && r != 0 {
				name(code, gid)
			}
		}
		return
	}
	if at < 2 || at+2 > len(data) {
		return
	}
	n, b := int(data[at+1]), data[at+2:]
	gid := 1
	for i := range n {
		if data[at]&0x7F == 0 {
			if i < len(b) {
				name(int(b[i]), gid)
			}
			gid++
			continue
		}
		if 2*i+2 > len(b) {
			return
		}
		for k := 0; k <= int(b[2*i+1]); k++ {
			name(int(b[2*i])+k, gid)
			gid++
		}
	}
}

// cffStandardNames are the standard strings that are characters, written as
// uniXXXX: SIDs 1–149 run through StandardEncoding, 150–228 through the rest of
// ISOAdobe (appendix A).
func cffStandardNames() []string {
	names := []string{".notdef"}
	for _, r := range standard() {
		if r != 0 {
			names = append(names, uniName(r))
		}
	}
	for _, r := range "¹¬µ™Ð½±Þ¼÷¦°þ¾²®−ð×³©ÁÂÄÀÅÃÇÉÊËÈÍÎÏÌÑÓÔÖÒÕŠÚÛÜÙÝŸŽáâäàåãçéêëèíîïìñóôöòõšúûüùýÿž" {
		names = append(names, uniName(r))
	}
	return names
}

// cffExpertNames are the standard strings 229–378 (appendix A).
const cffExpertNames = `exclamsmall Hungarumlautsmall dollaroldstyle dollarsuperior ampersandsmall Acutesmall
parenleftsuperior parenrightsuperior twodotenleader onedotenleader zerooldstyle oneoldstyle twooldstyle threeoldstyle
fouroldstyle fiveoldstyle sixoldstyle sevenoldstyle eightoldstyle nineoldstyle commasuperior threequartersemdash
periodsuperior questionsmall asuperior bsuperior centsuperior dsuperior esuperior isuperior lsuperior msuperior nsuperior
osuperior rsuperior ssuperior tsuperior ff ffi ffl parenleftinferior parenrightinferior Circumflexsmall hyphensuperior
Gravesmall Asmall Bsmall Csmall Dsmall Esmall Fsmall Gsmall Hsmall Ismall Jsmall Ksmall Lsmall Msmall Nsmall Osmall Psmall
Qsmall Rsmall Ssmall Tsmall Usmall Vsmall Wsmall Xsmall Ysmall Zsmall colonmonetary onefitted rupiah Tildesmall
exclamdownsmall centoldstyle Lslashsmall Scaronsmall Zcaronsmall Dieresissmall Brevesmall Caronsmall Dotaccentsmall
Macronsmall figuredash hypheninferior Ogoneksmall Ringsmall Cedillasmall questiondownsmall oneeighth threeeighths
fiveeighths seveneighths onethird twothirds zerosuperior foursuperior fivesuperior sixsuperior sevensuperior eightsuperior
ninesuperior zeroinferior oneinferior twoinferior threeinferior fourinferior fiveinferior sixinferior seveninferior
eightinferior nineinferior centinferior dollarinferior periodinferior commainferior Agravesmall Aacutesmall
Acircumflexsmall Atildesmall Adieresissmall Aringsmall AEsmall Ccedillasmall Egravesmall Eacutesmall Ecircumflexsmall
Edieresissmall Igravesmall Iacutesmall Icircumflexsmall Idieresissmall Ethsmall Ntildesmall Ogravesmall Oacutesmall
Ocircumflexsmall Otildesmall Odieresissmall OEsmall Oslashsmall Ugravesmall Uacutesmall Ucircumflexsmall Udieresissmall
Yacutesmall Thornsmall Ydieresissmall`

func uniName(r rune) string { return fmt.Sprintf("uni%04X", r) }

// parseType1 reads the built-in encoding of a Type 1 program (Adobe Type 1 Font
// Format, 2.2): "dup 65 /A put" in the clear part.
func parseType1(data []byte, p *fontProgram) {
	if i := bytes.Index(data, []byte("eexec")); i >= 0 {
		data = data[:i]
	}
	i := bytes.Index(data, []byte("/Encoding"))
	if i < 0 {
		return
	}
	l := lexer{data: data[i+len("/Encoding"):]}
	t := l.next()
	if t.kind == tokOperator && string(t.str) == "StandardEncoding" {
		for code, r := range standard() {
			if r != 0 {
				p.codeNames[code] = uniName(r)
			}
		}
		return
	}
	code, list := -1, false
	for ; t.kind != tokEOF; t = l.next() {
		switch {
		case t.kind == tokArrayOpen:
			code, list = 0, true
		case t.kind == tokNumber && !list:
			code = int(max(-1, min(256, t.num)))
		case t.kind == tokName && code >= 0 && code < 256:
			p.codeNames[code] = string(t.str)
			if code++; !list {
				code = -1
			}
		case t.kind == tokOperator && (string(t.str) == "def" || string(t.str) == "readonly"):
			return
		case t.kind == tokOperator:
			if n, ok := radixNumber(string(t.str)); ok {
				code = n
			}
		}
		l.reset()
	}
}

// radixNumber reads numbers of PostScript as 8#101.
func radixNumber(s string) (int, bool) {
	base, digits, ok := strings.Cut(s, "#")
	b, err := strconv.Atoi(base)
	if !ok || err != nil || b < 2 || b > 36 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, b, 8)
	return int(n), err == nil
}
