package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"reflect"
	"slices"
	"strings"

	lib "github.com/ledongthuc/pdf"

	"nianbao/extract"
)

// cipherKind is how streams and strings are encrypted (7.6.2, 7.6.5; ISO 32000-2,
// 7.6.3).
type cipherKind uint8

const (
	cipherNone cipherKind = iota
	cipherRC4
	cipherAES128
	cipherAES256
)

// emptyPad stands for the empty password (7.6.3.3, algorithm 2).
const emptyPad = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// unseal opens an encrypted file: the library is shown the file without its
// encryption, and the key for the empty user password is made here. false where
// there is no such key.
func (f *framed) unseal(startxref int64) (file *lib.Reader, key []byte, kind cipherKind, ok bool) {
	trailer, table, err := f.trailerAt(startxref)
	if err != nil || trailer["Encrypt"] == "" || trailer["Root"] == "" {
		return nil, nil, 0, false
	}
	more := fmt.Sprintf("/Root %s /Sealed %s /ID %s", trailer["Root"], trailer["Encrypt"], trailer["ID"])
	if table {
		more = fmt.Sprintf("/Size %s /Prev %d %s", trailer["Size"], startxref, more)
		f.tail = fmt.Appendf(nil, "\nxref\n0 0\ntrailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", more, f.size+1)
	} else {
		// A cross-reference stream with one free entry.
		l := lexer{data: []byte(trailer["Size"])}
		size := int64(l.next().num)
		f.tail = fmt.Appendf(nil, "\n%d 0 obj\n<</Type /XRef /Size %d /Prev %d /W [1 1 1] /Index [0 1] %s /Length 3>>\nstream\n\x00\x00\x00\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
			max(1, size)-1, size, startxref, more, f.size+1)
	}
	if file, err = lib.NewReader(f, f.total()); err != nil {
		return nil, nil, 0, false
	}
	key, kind, ok = emptyPasswordKey(file.Trailer().Key("Sealed"), file.Trailer().Key("ID").Index(0).RawString())
	return file, key, kind, ok
}

// maxTrailer caps what is kept of a trailer dictionary, in bytes.
const maxTrailer = 1 << 14

// trailerAt is the source text of the values of a section's trailer, and whether
// the section is a classic table.
func (f *framed) trailerAt(at int64) (values map[string]string, table bool, err error) {
	head := make([]byte, min(f.size-at, maxTrailer))
	if err := readFull(f, head, at); err != nil {
		return nil, false, err
	}
	l := lexer{data: head}
	if t := l.next(); t.kind != tokOperator || string(t.str) != "xref" {
		for i := 0; i < 3; i++ { // "N G obj <<"
			l.next()
		}
		return valuesOf(&l), false, nil
	}
	// checkTable has found the word within the same bound.
	var rest []byte
	for size := int64(maxTrailer); ; size *= 4 {
		all := make([]byte, min(f.size-at, size))
		if err := readFull(f, all, at); err != nil {
			return nil, false, err
		}
		_, rest, _ = bytes.Cut(all, []byte("trailer"))
		if len(rest) >= maxTrailer || int64(len(all)) == f.size-at || size > maxTableBytes {
			break
		}
	}
	l = lexer{data: rest[:min(len(rest), maxTrailer)]}
	l.next()
	return valuesOf(&l), true, nil
}

// valuesOf cuts an opened dictionary into the source text of its values.
func valuesOf(l *lexer) map[string]string {
	out := map[string]string{}
	key, start, depth := "", 0, 1
	for depth > 0 {
		at := l.pos
		t := l.next()
		switch t.kind {
		case tokEOF:
			return out
		case tokDictOpen, tokArrayOpen:
			depth++
		case tokDictClose, tokArrayClose:
			depth--
		}
		isKey := depth == 1 && t.kind == tokName && (key == "" || len(bytes.TrimSpace(l.data[start:at])) > 0)
		if key != "" && (isKey || depth == 0) {
			out[key] = string(bytes.TrimSpace(l.data[start:at]))
			key = ""
		}
		if isKey {
			key, start = string(t.str), l.pos
		}
		l.reset()
	}
	return out
}

// emptyPasswordKey makes the key of the standard security handler for the empty
// user password; false where another password is needed, or another handler.
func emptyPasswordKey(v lib.Value, id string) (key []byte, kind cipherKind, ok bool) {
	if v.Key("Filter").Name() != "Standard" {
		return nil, 0, false
	}
	if kind, ok = streamCipher(v); !ok {
		return nil, 0, false
	}
	if kind == cipherNone && v.Key("StrF").Name() == "Identity" {
		return nil, kind, true // attachments only
	}
	switch r := v.Key("R").Int64(); {
	case r >= 2 && r <= 4:
		key = oldKey(v, id, r)
	case r == 5 || r == 6:
		key = newKey(v, r)
	}
	return key, kind, key != nil
}

// streamCipher is the method of the crypt filter for streams.
func streamCipher(v lib.Value) (cipherKind, bool) {
	if n := v.Key("V").Int64(); n == 1 || n == 2 {
		return cipherRC4, true
	} else if n != 4 && n != 5 {
		return 0, false
	}
	name := v.Key("StmF").Name()
	if name == "Identity" || name == "" {
		return cipherNone, true
	}
	switch v.Key("CF").Key(name).Key("CFM").Name() {
	case "V2":
		return cipherRC4, true
	case "AESV2":
		return cipherAES128, true
	case "AESV3":
		return cipherAES256, true
	case "None":
		return cipherNone, true
	}
	return 0, false
}

// oldKey is algorithm 2, checked by algorithms 4 and 5 (7.6.3.3, 7.6.3.4).
func oldKey(v lib.Value, id string, revision int64) []byte {
	owner, user := v.Key("O").RawString(), v.Key("U").RawString()
	length := int(v.Key("Length").Int64() / 8)
	if v.Key("V").Int64() == 4 {
		length = md5.Size
	} else if length == 0 || revision == 2 {
		length = 5
	}
	if len(owner) < 32 || len(user) < 32 || length < 5 || length > md5.Size {
		return nil
	}
	p := uint32(v.Key("P").Int64())
	seed := emptyPad + owner[:32] + string([]byte{byte(p), byte(p >> 8), byte(p >> 16), byte(p >> 24)}) + id
	if m := v.Key("EncryptMetadata"); revision == 4 && m.Kind() == lib.Bool && !m.Bool() {
		seed += "\xff\xff\xff\xff"
	}
	sum := md5.Sum([]byte(seed))
	check := []byte(emptyPad)
	rounds := 1
	if revision > 2 {
		for range 50 {
			sum = md5.Sum(sum[:length])
		}
		h := md5.Sum([]byte(emptyPad + id))
		check, rounds = h[:], 20
	}
	key := sum[:length]
	for i := range rounds {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		c, err := rc4.NewCipher(k)
		if err != nil {
			return nil
		}
		c.XORKeyStream(check, check)
	}
	if !strings.HasPrefix(user, string(check)) {
		return nil
	}
	return key
}

// newKey is algorithm 2.A of ISO 32000-2, 7.6.4.3.3, for revisions 5 and 6.
func newKey(v lib.Value, revision int64) []byte {
	user, sealed := v.Key("U").RawString(), v.Key("UE").RawString()
	if len(user) < 48 || len(sealed) < 32 {
		return nil
	}
	hash := func(salt string) []byte {
		h := sha256.Sum256([]byte(salt))
		if revision == 5 {
			return h[:]
		}
		return hardened(h[:])
	}
	if string(hash(user[32:40])) != user[:32] {
		return nil
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil
	}
	key := []byte(sealed[:32])
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, key)
	return key
}

// hardened is algorithm 2.B of ISO 32000-2, 7.6.4.3.4, for the empty password.
func hardened(k []byte) []byte {
	for round := 0; ; round++ {
		e := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, b := range e[:16] {
			mod += int(b)
		}
		switch mod % 3 {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		default:
			h := sha512.Sum512(e)
			k = h[:]
		}
		// The last byte falls below a growing bound after 64 to 288 rounds.
		if round >= 63 && int(e[len(e)-1]) <= round-31 {
			return k[:32]
		}
	}
}

// decrypt undoes the encryption of a stream or string of object r, in place.
func (d *Document) decrypt(data []byte, r ref) []byte {
	if d.key == nil || d.cipher == cipherNone {
		return data
	}
	key := d.key
	if d.cipher != cipherAES256 { // algorithm 1
		h := md5.New()
		h.Write(d.key)
		h.Write([]byte{byte(r.id), byte(r.id >> 8), byte(r.id >> 16), byte(r.gen), byte(r.gen >> 8)})
		if d.cipher == cipherAES128 {
			h.Write([]byte("sAlT"))
		}
		key = h.Sum(nil)[:min(len(d.key)+5, md5.Size)]
	}
	if d.cipher == cipherRC4 {
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

// str is a string object, decrypted; those out of object streams are not encrypted
// by themselves.
func (d *Document) str(v value) []byte {
	s := []byte(v.text())
	if d.key == nil {
		return s
	}
	if _, loose := slices.BinarySearch(d.loose, v.in.id); loose || v.in == (ref{}) {
		return s
	}
	return d.decrypt(s, v.in)
}

// plainStream tells a stream that a Crypt filter takes out of the encryption
// (7.4.10).
func plainStream(filter, parms value) bool {
	name := func(f, p value) bool {
		return f.name() == "Crypt" && (p.key("Name").name() == "Identity" || p.key("Name").name() == "")
	}
	if filter.kind() == kindName {
		return name(filter, parms)
	}
	for i := range min(filter.len(), maxFilters) {
		p := parms
		if parms.kind() == kindArray {
			p = parms.index(i)
		}
		if name(filter.index(i), p) {
			return true
		}
	}
	return false
}

// sealed tells whether the library has found a key.
func sealed(file *lib.Reader) bool {
	key, _ := fileKey(file)
	return key != nil
}

// fileKey is the decryption key the library found; nil for a plain file.
func fileKey(r *lib.Reader) (key []byte, kind cipherKind) {
	v := reflect.ValueOf(r).Elem()
	k, a := v.FieldByName("key"), v.FieldByName("useAES")
	if k.Kind() != reflect.Slice || a.Kind() != reflect.Bool || k.IsNil() {
		return nil, cipherNone
	}
	if a.Bool() {
		return k.Bytes(), cipherAES128
	}
	return k.Bytes(), cipherRC4
}

// openSealed opens an encrypted file with a key made here: the library knows only
// old methods. opened is what it makes of the file, or why its error; where it
// opened the file, its key has to do where there is none of ours.
func (d *Document) openSealed(startxref int64, opened *lib.Reader, why *extract.Error) (*lib.Reader, *extract.Error) {
	if why != nil && why.Code != extract.CodeEncrypted {
		return nil, why
	}
	f := d.src
	file, key, kind, ok := f.unseal(startxref)
	switch {
	case ok:
		d.key, d.cipher = key, kind
		return file, nil
	case why == nil:
		f.end(startxref)
		d.key, d.cipher = fileKey(opened)
		return opened, nil
	case file != nil && passwordOnly(file.Trailer().Key("Sealed")):
		return nil, openError(lib.ErrInvalidPassword)
	}
	return nil, why
}

// passwordOnly tells encryption that only a password is missing for.
func passwordOnly(v lib.Value) bool {
	_, known := streamCipher(v)
	return known && v.Key("Filter").Name() == "Standard"
}
