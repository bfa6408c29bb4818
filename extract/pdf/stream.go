package pdf

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/lzw"
	"encoding/ascii85"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/adler32"
	"io"

	"nianbao/extract"
)

// maxFilters caps the filters of one stream; real ones have one or two.
const maxFilters = 8

// rawFactor times Limits.DecompressedBytes caps the compressed bytes read: a
// large stream that decodes to nothing can be named any number of times.
const rawFactor = 4

// errPicture says that a stream is compressed as a picture.
var errPicture = errors.New("图像压缩的流")

// readStream returns the decoded bytes of a stream (7.3.8, 7.4). Decoded bytes
// of every filter count against Limits.DecompressedBytes of the document. What
// was decoded before damage is returned together with the error. The bytes are
// not the caller's to change: they may be those of the file.
func (d *Document) readStream(v value) ([]byte, error) {
	s, ok := v.data.(stream)
	if !ok {
		return nil, errors.New("不是流对象")
	}
	length, err := d.streamLength(v.key("Length"), s.offset)
	if err != nil {
		return nil, err
	}
	filter, parms := v.key("Filter"), v.key("DecodeParms")
	if d.raw += length; d.raw > rawFactor*d.lim.DecompressedBytes {
		return nil, d.tooManyBytes()
	}
	if filter.kind() == kindNull {
		if d.decompressed += length; d.decompressed > d.lim.DecompressedBytes {
			return nil, d.tooManyBytes()
		}
	}
	data, shared, err := d.src.view(s.offset, length)
	if err != nil {
		return nil, fmt.Errorf("读取流：%w", err)
	}
	if d.key != nil && v.key("Type").name() != "XRef" && !plainStream(filter, parms) {
		if shared {
			data = bytes.Clone(data)
		}
		data = d.decrypt(data, s.at)
	}
	if filter.kind() == kindName {
		return d.applyFilter(data, filter.name(), parms)
	}
	if filter.len() > maxFilters {
		return nil, fmt.Errorf("过滤器过多：%d", filter.len())
	}
	for i := range filter.len() {
		p := parms
		if parms.kind() == kindArray {
			p = parms.index(i)
		}
		if data, err = d.applyFilter(data, filter.index(i).name(), p); err != nil {
			return data, err
		}
	}
	return data, nil
}

// streamLength is /Length where the word endstream follows it, else the distance
// to that word.
func (d *Document) streamLength(v value, offset int64) (int64, error) {
	if offset < 0 || offset > d.size {
		return 0, fmt.Errorf("流的位置 %d 在文件之外", offset)
	}
	end := []byte("endstream")
	if n := v.integer(); v.kind() == kindInteger && n >= 0 && n <= d.size-offset {
		buf := make([]byte, min(32, d.size-offset-n))
		if readFull(d.src, buf, offset+n) == nil && bytes.Contains(buf, end) {
			return n, nil
		}
	}
	const chunk = 1 << 16
	buf := make([]byte, chunk)
	for at := offset; at < d.size; at += chunk - int64(len(end)) {
		buf = buf[:min(chunk, d.size-at)]
		if err := readFull(d.src, buf, at); err != nil {
			return 0, fmt.Errorf("读取流：%w", err)
		}
		i := bytes.Index(buf, end)
		if i < 0 {
			continue
		}
		// The line end before the word is no data.
		n := at - offset + int64(i)
		if i > 0 && buf[i-1] == '\n' {
			n, i = n-1, i-1
		}
		if i > 0 && buf[i-1] == '\r' {
			n--
		}
		return n, nil
	}
	return 0, errors.New("流没有结束标记")
}

func (d *Document) applyFilter(data []byte, name string, parms value) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil // an empty stream, whatever it says of its filters
	}
	var rd func() io.Reader
	var sum *flateSource
	switch name {
	case "FlateDecode", "Fl":
		sum = newFlateSource(data)
		rd = func() io.Reader { return d.flateReader(sum) }
	case "LZWDecode", "LZW":
		late := false
		if e := parms.key("EarlyChange"); e.kind() == kindInteger {
			late = e.integer() == 0
		}
		rd = func() io.Reader {
			if late {
				return lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
			}
			return newEarlyLZW(data)
		}
	case "ASCII85Decode", "A85":
		data = cleanASCII85(data)
		rd = func() io.Reader { return ascii85.NewDecoder(bytes.NewReader(data)) }
	case "ASCIIHexDecode", "AHx":
		l := lexer{data: data}
		return l.hex(), nil
	case "RunLengthDecode", "RL":
		rd = func() io.Reader { return &runLength{src: bufio.NewReader(bytes.NewReader(data))} }
	case "Crypt":
		return data, nil
	case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode":
		return nil, errPicture
	default:
		return nil, fmt.Errorf("未知的过滤器 %q", name)
	}
	out, err := d.readCounted(rd)
	if extract.AsError(err) != nil {
		return nil, err
	}
	if err == nil && sum != nil {
		err = sum.check(out)
	}
	p := parms.key("Predictor").integer()
	if p <= 1 {
		return out, err
	}
	rows, perr := predictorOf(p, parms)
	if perr != nil {
		return nil, perr
	}
	return rows.undo(out), err
}

func (d *Document) tooManyBytes() *extract.Error {
	return extract.OverLimit("decompressed_bytes", d.lim.DecompressedBytes, "PDF 解压后的数据过大，可能是压缩炸弹。")
}

// keptAtOnce is how much of a stream is stored while it is not known how long it
// is; of longer ones the length is counted first, so that a stream of n bytes
// never needs the two or three times n of a growing buffer.
const keptAtOnce = 4 << 20

// readCounted reads all of what rd opens and charges it to the document's
// account. What came before an error is returned with it.
func (d *Document) readCounted(rd func() io.Reader) ([]byte, error) {
	left := d.lim.DecompressedBytes - d.decompressed
	r := rd()
	d.inflated.Reset()
	_, err := d.inflated.ReadFrom(io.LimitReader(r, min(left, keptAtOnce)+1))
	n := int64(d.inflated.Len())
	var out []byte
	if n <= keptAtOnce {
		out = bytes.Clone(d.inflated.Bytes())
	}
	if n > keptAtOnce && n <= left {
		var more int64
		more, err = io.Copy(io.Discard, io.LimitReader(r, left-n+1))
		if n += more; n <= left {
			out = make([]byte, n)
			r = rd()
			_, _ = io.ReadFull(r, out)     // the same bytes as before
			_, _ = r.Read(make([]byte, 1)) // and their end, for the checksum behind it
		}
	}
	if d.decompressed += n; n > left {
		return nil, d.tooManyBytes()
	}
	return out, err
}

// flateSource is the input of an inflater; what is left of it stands behind the
// compressed data.
type flateSource struct {
	*bytes.Reader
	data []byte // without the header
	zlib bool   // there was a header, so a checksum has to be there too
}

// newFlateSource skips the two bytes of the zlib header (RFC 1950) where they
// are there; some producers leave them out.
func newFlateSource(data []byte) *flateSource {
	s := &flateSource{data: data}
	if len(data) >= 2 && data[0]&0x0f == 8 && (uint(data[0])<<8|uint(data[1]))%31 == 0 {
		s.data, s.zlib = data[2:], true
	}
	s.Reader = bytes.NewReader(s.data)
	return s
}

// errChecksum says that inflated data is not what was deflated.
var errChecksum = errors.New("校验和不符")

// check compares the checksum behind the data, where there is one, with that of
// what was inflated.
func (s *flateSource) check(out []byte) error {
	var sum [4]byte
	if !s.zlib {
		return nil
	}
	if _, err := io.ReadFull(s.Reader, sum[:]); err != nil {
		return nil //nolint:nilerr // a missing checksum loses nothing
	}
	if binary.BigEndian.Uint32(sum[:]) != adler32.Checksum(out) {
		return errChecksum
	}
	return nil
}

// flateReader inflates from the start of s. The reader is valid until the next
// call: its tables are used again.
func (d *Document) flateReader(s *flateSource) io.Reader {
	s.Reset(s.data)
	if r, ok := d.inflater.(flate.Resetter); ok && r.Reset(s, nil) == nil {
		return d.inflater
	}
	d.inflater = flate.NewReader(s)
	return d.inflater
}

func cleanASCII85(data []byte) []byte {
	if i := bytes.IndexByte(data, '~'); i >= 0 {
		data = data[:i]
	}
	out := make([]byte, 0, len(data))
	for _, c := range data {
		if c >= '!' && c <= 'u' || c == 'z' {
			out = append(out, c)
		}
	}
	return out
}

// runLength decodes 7.4.5.
type runLength struct {
	src  *bufio.Reader
	left int
	rep  bool
	c    byte
}

func (r *runLength) Read(p []byte) (int, error) {
	for n := range p {
		if r.left == 0 {
			l, err := r.src.ReadByte()
			if err != nil || l == 128 {
				return n, io.EOF
			}
			if r.rep = l > 128; r.rep {
				r.left = 257 - int(l)
				if r.c, err = r.src.ReadByte(); err != nil {
					return n, io.EOF
				}
			} else {
				r.left = int(l) + 1
			}
		}
		if !r.rep {
			var err error
			if r.c, err = r.src.ReadByte(); err != nil {
				return n, io.EOF
			}
		}
		p[n] = r.c
		r.left--
	}
	return len(p), nil
}

// predictor is how the rows of a stream were predicted (7.4.4.4).
type predictor struct {
	png  bool
	bits int64
	bpp  int // bytes from a sample to the one left of it
	row  int // bytes of a row
}

// maxSamples caps each of Colors, BitsPerComponent and Columns.
const maxSamples = 1 << 20

func predictorOf(kind int64, parms value) (predictor, error) {
	colors, bits, columns := int64(1), int64(8), int64(1)
	for _, f := range []struct {
		name string
		v    *int64
	}{{"Colors", &colors}, {"BitsPerComponent", &bits}, {"Columns", &columns}} {
		p := parms.key(f.name)
		if p.kind() == kindNull {
			continue
		}
		if *f.v = p.integer(); *f.v < 1 || *f.v > maxSamples {
			return predictor{}, fmt.Errorf("预测器的 /%s 无效", f.name)
		}
	}
	if colors*bits*columns > maxSamples*8 {
		return predictor{}, errors.New("预测器的行过长")
	}
	return predictor{png: kind != 2, bits: bits, bpp: max(1, int(colors*bits+7)/8), row: int(colors*bits*columns+7) / 8}, nil
}

// undo restores the rows in place; it stops at the last whole row.
func (p predictor) undo(data []byte) []byte {
	if !p.png {
		if p.bits == 8 {
			for r := 0; r+p.row <= len(data); r += p.row {
				for i := p.bpp; i < p.row; i++ {
					data[r+i] += data[r+i-p.bpp]
				}
			}
		}
		return data
	}
	out := data[:0]
	prior := make([]byte, p.row)
	for r := 0; r+1 < len(data); r += p.row + 1 {
		line := data[r+1 : min(r+1+p.row, len(data))]
		unfilter(data[r], line, prior[:len(line)], p.bpp)
		// out grows one byte a row slower than the input is read.
		out = append(out, line...)
		copy(prior, out[len(out)-len(line):])
	}
	return out
}

// unfilter undoes one row of a PNG filter.
func unfilter(kind byte, line, prior []byte, bpp int) {
	for i := range line {
		var left, up, corner byte
		up = prior[i]
		if i >= bpp {
			left, corner = line[i-bpp], prior[i-bpp]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += up
		case 3:
			line[i] += byte((int(left) + int(up)) / 2)
		case 4:
			line[i] += paeth(left, up, corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	if pa <= pb && pa <= pc {
		return a
	}
	if pb <= pc {
		return b
	}
	return c
}

func abs(v int) int {
	if v < 0 {
		return -v
	}
	return v
}
