// Package cfbtest makes compound files for tests.
package cfbtest

import (
	"encoding/binary"
	"unicode/utf16"
)

// Stream is a stream of the root storage.
type Stream struct {
	Name    string
	Content []byte
}

const (
	sectorLen, miniLen, cutoff    = 512, 64, 4096
	free, end, fatMark            = 0xffffffff, 0xfffffffe, 0xfffffffd
	kindStream, kindRoot, nothing = 2, 5, 0xffffffff
)

type maker struct {
	sectors []byte // behind the header
	fat     []uint32
}

// add puts content into sectors of its own and returns the first.
func (m *maker) add(content []byte) uint32 {
	if len(content) == 0 {
		return end
	}
	first := uint32(len(m.fat))
	for at := 0; at < len(content); at += sectorLen {
		sector := make([]byte, sectorLen)
		copy(sector, content[at:])
		m.sectors = append(m.sectors, sector...)
		m.fat = append(m.fat, uint32(len(m.fat)+1))
	}
	m.fat[len(m.fat)-1] = end
	return first
}

// Make makes a file of version 3. Streams under 4,096 bytes stand in the mini
// stream, as they must. The directory is a chain to the right.
func Make(streams ...Stream) []byte {
	m := &maker{}
	var mini []byte
	var miniFAT []uint32
	starts := make([]uint32, len(streams))
	for i, s := range streams {
		if len(s.Content) >= cutoff || len(s.Content) == 0 {
			starts[i] = m.add(s.Content)
			continue
		}
		starts[i] = uint32(len(miniFAT))
		for at := 0; at < len(s.Content); at += miniLen {
			part := make([]byte, miniLen)
			copy(part, s.Content[at:])
			mini = append(mini, part...)
			miniFAT = append(miniFAT, uint32(len(miniFAT)+1))
		}
		miniFAT[len(miniFAT)-1] = end
	}
	root := m.add(mini)
	miniStart := m.add(words(miniFAT))
	child := uint32(nothing)
	if len(streams) > 0 {
		child = 1
	}
	directory := entry("Root Entry", kindRoot, nothing, child, root, len(mini))
	for i, s := range streams {
		right := uint32(nothing)
		if i+1 < len(streams) {
			right = uint32(i + 2)
		}
		directory = append(directory, entry(s.Name, kindStream, right, nothing, starts[i], len(s.Content))...)
	}
	return m.finish(m.add(directory), miniStart, (4*len(miniFAT)+sectorLen-1)/sectorLen)
}

// finish adds the allocation table and the header.
func (m *maker) finish(directory, miniStart uint32, miniSectors int) []byte {
	const perSector = sectorLen / 4
	tables := 1
	for tables*perSector < len(m.fat)+tables {
		tables++
	}
	header := make([]byte, sectorLen)
	le := binary.LittleEndian
	copy(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(header[24:], 0x3e)
	le.PutUint16(header[26:], 3)
	le.PutUint16(header[28:], 0xfffe)
	le.PutUint16(header[30:], 9)
	le.PutUint16(header[32:], 6)
	le.PutUint32(header[44:], uint32(tables))
	le.PutUint32(header[48:], directory)
	le.PutUint32(header[56:], cutoff)
	le.PutUint32(header[60:], miniStart)
	le.PutUint32(header[64:], uint32(miniSectors))
	le.PutUint32(header[68:], end)
	for i := range 109 {
		le.PutUint32(header[76+4*i:], free)
	}
	for i := range tables {
		le.PutUint32(header[76+4*i:], uint32(len(m.fat)))
		m.fat = append(m.fat, fatMark)
	}
	for len(m.fat)%perSector != 0 {
		m.fat = append(m.fat, free)
	}
	return append(append(header, m.sectors...), words(m.fat)...)
}

func words(list []uint32) []byte {
	out := make([]byte, 4*len(list))
	for i, w := range list {
		binary.LittleEndian.PutUint32(out[4*i:], w)
	}
	return out
}

func entry(name string, kind byte, right, child, start uint32, size int) []byte {
	b := make([]byte, 128)
	le := binary.LittleEndian
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		le.PutUint16(b[2*i:], u)
	}
	le.PutUint16(b[64:], uint16(2*len(units)+2))
	b[66], b[67] = kind, 1
	le.PutUint32(b[68:], nothing)
	le.PutUint32(b[72:], right)
	le.PutUint32(b[76:], child)
	le.PutUint32(b[116:], start)
	le.PutUint32(b[120:], uint32(size))
	return b
}
