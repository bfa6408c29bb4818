package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/extract"
)

// cbc encrypts whole blocks.
func cbc(key, iv, data []byte) []byte {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(data))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, data)
	return out
}

// slowHash is the hash of revision 5 and 6 (ISO 32000-2, 7.6.4.3.4).
func slowHash(revision int, password, salt string) []byte {
	first := sha256.Sum256([]byte(password + salt))
	k := first[:]
	for i := 0; revision == 6; i++ {
		e := cbc(k[:16], k[16:32], bytes.Repeat(append([]byte(password), k...), 64))
		switch new(big.Int).Mod(new(big.Int).SetBytes(e[:16]), big.NewInt(3)).Int64() {
		case 0:
			h := sha256.Sum256(e)
			k = h[:]
		case 1:
			h := sha512.Sum384(e)
			k = h[:]
		case 2:
			h := sha512.Sum512(e)
			k = h[:]
		}
		if i+1 >= 64 && int(e[len(e)-1]) <= i+1-32 {
			break
		}
	}
	return k[:32]
}

// encrypted256 is a file with AES-256: page content, and a field value as a string.
func encrypted256(revision int, password, more string) []byte {
	key := bytes.Repeat([]byte("key!"), 8)
	user := append(slowHash(revision, password, "validate"), "validatekeysalt!"...)
	sealed := cbc(slowHash(revision, password, "keysalt!"), make([]byte, 16), key)
	seal := func(s string) string {
		n := 16 - len(s)%16
		iv := []byte("initial vector..")
		return string(iv) + string(cbc(key, iv, append([]byte(s), bytes.Repeat([]byte{byte(n)}, n)...)))
	}
	f := &testFile{}
	f.trailer = fmt.Sprintf("/ID [<00> <00>] /Encrypt <</Filter /Standard /V 5 /R %d /Length 256 /P -4 /O <%x> /U <%x> /OE <%x> /UE <%x> /Perms <00> "+
		"/CF <</StdCF <</CFM /AESV3 /AuthEvent /DocOpen /Length 32>>>> /StmF /StdCF /StrF /StdCF %s>>", revision, user, user, sealed, sealed, more)
	return onePage(f, helvetica, seal(hello), fmt.Sprintf("/Annots [<</Subtype /FreeText /Rect [9 9 99 99] /Contents <%x>>>]", seal("field")))
}

func TestAES256(t *testing.T) {
	for revision := 5; revision <= 6; revision++ {
		if got := textOf(readPage(t, encrypted256(revision, "", ""))); got != "hellofield" {
			t.Errorf("revision %d: %q", revision, got)
		}
		for name, data := range map[string][]byte{
			"password":        encrypted256(revision, "secret", ""),
			"short UE":        bytes.Replace(encrypted256(revision, "", ""), []byte("/UE <"), []byte("/UE <00> /XX <"), 1),
			"another handler": bytes.Replace(encrypted256(revision, "", ""), []byte("/Standard"), []byte("/Pubkey.."), 1),
			"unknown method":  bytes.Replace(encrypted256(revision, "", ""), []byte("/AESV3"), []byte("/AESV9"), 1),
		} {
			_, err := openLimited(data, extract.DefaultLimits())
			if e := wantError(t, err, extract.CodeEncrypted); (name == "password" || name == "short UE") != strings.Contains(e.Detail, "需要密码") {
				t.Errorf("%s: %s", name, e.Detail)
			}
		}
	}
}

// Crypt filters decide over the method, and whether there is one.
func TestCryptFilters(t *testing.T) {
	plain := func(filters string) []byte {
		f := &testFile{}
		f.trailer = fmt.Sprintf("/ID [<00> <00>] /Encrypt <</Filter /Standard /V 5 /R 6 /P -4 /O <00> /U <00> %s>>", filters)
		return onePage(f, helvetica, hello, "")
	}
	for _, filters := range []string{"/StmF /Identity /StrF /Identity", "/CF <</Own <</CFM /None>>>> /StmF /Own /StrF /Identity"} {
		if got := textOf(readPage(t, plain(filters))); got != "hello" {
			t.Errorf("%s: %q", filters, got)
		}
	}
	f := &testFile{}
	f.trailer = trailerOf(encrypted256(6, "", ""))
	onePage(f, helvetica, hello, "")
	f.objects[0] = strings.Replace(f.objects[0], "/Length", "/Filter [/Crypt] /DecodeParms [<</Name /Identity>>] /Length", 1)
	if got := textOf(readPage(t, f.bytes())); got != "hello" {
		t.Errorf("a stream outside of the encryption: %q", got)
	}
}

// trailerOf is what a file's trailer says of its encryption.
func trailerOf(data []byte) string {
	return string(data[bytes.Index(data, []byte("/ID [")):bytes.LastIndex(data, []byte(">>\nstartxref"))])
}

// Files that another program encrypted, each way that it can.
func TestAgainstQpdf(t *testing.T) {
	tool, err := exec.LookPath("qpdf")
	if err != nil {
		if os.Getenv("NIANBAO_TEST_REQUIRE") == "1" {
			t.Fatal("qpdf is missing")
		}
		t.Skip("qpdf is missing: nothing to compare with")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "out.pdf")
	f := &testFile{}
	data := onePage(f, helvetica, hello, "/Annots [<</Type /Annot /Subtype /FreeText /Rect [9 9 99 99] /Contents (field)>>]")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{
		"256 --", "256 --force-R5 --", "128 --use-aes=y --", "128 --use-aes=n --force-V4 --", "128 --use-aes=y --cleartext-metadata --", "128 --use-aes=n --", "40 --",
	} {
		for _, streams := range []string{"disable", "generate"} {
			args := append([]string{"--allow-weak-crypto", "--object-streams=" + streams, "--encrypt", "", "owner"}, strings.Fields(how)...)
			if msg, err := exec.Command(tool, append(args, in, out)...).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v %s", how, err, msg)
			}
			sealed, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if got := textOf(readPage(t, sealed)); got != "hellofield" {
				t.Errorf("%s, object streams %s: %q", how, streams, got)
			}
		}
	}
}
