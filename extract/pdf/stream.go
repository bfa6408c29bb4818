package pdf

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/lzw"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"

	lib "github.com/ledongthuc/pdf"

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
// was decoded before damage is returned together with the error.
func (d *Document) readStream(v lib.Value) ([]byte, error) {
	offset, r, ok := streamPlace(v)
	if !ok {
		return nil, errors.New("不是流对象")
	}
	length, err := d.streamLength(v.Key("Length"), offset)
	if err != nil {
		return nil, err
	}
	filter, parms := v.Key("Filter"), v.Key("DecodeParms")
	if d.raw += length; d.raw > rawFactor*d.lim.DecompressedBytes {
		return nil, d.tooManyBytes()
	}
	if filter.Kind() == lib.Null {
		if d.decompressed += length; d.decompressed > d.lim.DecompressedBytes {
			return nil, d.tooManyBytes()
		}
	}
	data := make([]byte, length)
	if err := readFull(d.src, data, offset); err != nil {
		return nil, fmt.Errorf("读取流：%w", err)
	}
	if v.Key("Type").Name() != "XRef" {
		data = d.decrypt(data, r)
	}
	if filter.Kind() == lib.Name {
		return d.applyFilter(data, filter.Name(), parms)
	}
	if filter.Len() > maxFilters {
		return nil, fmt.Errorf("过滤器过多：%d", filter.Len())
	}
	for i := range filter.Len() {
		p := parms
		if parms.Kind() == lib.Array {
			p = parms.Index(i)
		}
		if data, err = d.applyFilter(data, filter.Index(i).Name(), p); err != nil {
			return data, err
		}
	}
	return data, nil
}

// streamLength is /Length where the word endstream follows it, else the distance
// to that word.
func (d *Document) streamLength(v lib.Value, offset int64) (int64, error) {
	if offset < 0 || offset > d.size {
		return 0, fmt.Errorf("流的位置 %d 在文件之外", offset)
	}
	end := []byte("endstream")
	if n := v.Int64(); v.Kind() == lib.Integer && n >= 0 && n <= d.size-offset {
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

// decrypt is algorithm 1 of 7.6.2 for RC4 and AES-128.
func (d *Document) decrypt(data []byte, r ref) []byte {
	if d.key == nil {
		return data
	}
	h := md5.New()
	h.Write(d.key)
	h.Write([]byte{byte(r.id), byte(r.id >> 8), byte(r.id >> 16), byte(r.gen), byte(r.gen >> 8)})
	if d.aes {
		h.Write([]byte("sAlT"))
	}
	key := h.Sum(nil)[:min(len(d.key)+5, md5.Size)]
	if !d.aes {
		if c, err := rc4.NewCipher(key); err == nil {
			c.XORKeyStream(data, data)
		}
		return data
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 2*aes.BlockSize {
		return nil
	}
	iv, body := data[:aes.BlockSize], data[aes.BlockSize:]
	body = body[:len(body)/aes.BlockSize*aes.BlockSize]
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(body, body)
	if pad := int(body[len(body)-1]); pad >= 1 && pad <= aes.BlockSize {
		body = body[:len(body)-pad]
	}
	return body
}

func (d *Document) applyFilter(data []byte, name string, parms lib.Value) ([]byte, error) {
	var rd io.Reader
	switch name {
	case "FlateDecode", "Fl":
		rd = d.flateReader(data)
	case "LZWDecode", "LZW":
		if e := parms.Key("EarlyChange"); e.Kind() == lib.Integer && e.Int64() == 0 {
			rd = lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8)
		} else {
			rd = newEarlyLZW(data)
		}
	case "ASCII85Decode", "A85":
		rd = ascii85.NewDecoder(bytes.NewReader(cleanASCII85(data)))
	case "ASCIIHexDecode", "AHx":
		l := lexer{data: data}
		return l.hex(), nil
	case "RunLengthDecode", "RL":
		rd = &runLength{src: bufio.NewReader(bytes.NewReader(data))}
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
	if p := parms.Key("Predictor").Int64(); p > 1 {
		return unpredict(out, p, parms), err
	}
	return out, err
}

func (d *Document) tooManyBytes() *extract.Error {
	return extract.OverLimit("decompressed_bytes", d.lim.DecompressedBytes, "PDF 解压后的数据过大，可能是压缩炸弹。")
}

// readCounted reads all of rd and charges it to the document's account.
func (d *Document) readCounted(rd io.Reader) ([]byte, error) {
	left := d.lim.DecompressedBytes - d.decompressed
	out, err := io.ReadAll(io.LimitReader(rd, left+1))
	d.decompressed += int64(len(out))
	if int64(len(out)) > left {
		return nil, d.tooManyBytes()
	}
	if err != nil && len(out) > 0 && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)) {
		// A missing end mark or checksum is common and loses nothing.
		return out, nil
	}
	return out, err
}

// flateReader skips the two bytes of the zlib header and never reads the
// checksum: producers get both wrong without harm to the data between. The
// reader is valid until the next call: its tables are used again.
func (d *Document) flateReader(data []byte) io.Reader {
	if len(data) >= 2 && data[0]&0x0f == 8 && (uint(data[0])<<8|uint(data[1]))%31 == 0 {
		data = data[2:]
	}
	if r, ok := d.inflater.(flate.Resetter); ok && r.Reset(bytes.NewReader(data), nil) == nil {
		return d.inflater
	}
	d.inflater = flate.NewReader(bytes.NewReader(data))
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

// unpredict undoes the predictors of 7.4.4.4 in place; it stops at the last
// whole row.
func unpredict(data []byte, predictor int64, parms lib.Value) []byte {
	colors, bits, columns := int64(1), int64(8), int64(1)
	for _, f := range []struct {
		name string
		v    *int64
	}{{"Colors", &colors}, {"BitsPerComponent", &bits}, {"Columns", &columns}} {
		if n := parms.Key(f.name).Int64(); n > 0 && n < 1<<20 {
			*f.v = n
		}
	}
	bpp := max(1, int(colors*bits+7)/8)
	row := int(colors*bits*columns+7) / 8
	if predictor == 2 {
		if bits == 8 {
			for r := 0; r+row <= len(data); r += row {
				for i := bpp; i < row; i++ {
					data[r+i] += data[r+i-bpp]
				}
			}
		}
		return data
	}
	out := data[:0]
	prior := make([]byte, row)
	for r := 0; r+1 < len(data); r += row + 1 {
		line := data[r+1 : min(r+1+row, len(data))]
		unfilter(data[r], line, prior[:len(line)], bpp)
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
