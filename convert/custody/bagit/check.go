package bagit

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxTagFile is how large a tag file or manifest may be that is checked: a
// manifest of a million files has less.
const maxTagFile = 256 << 20

// Fault is one thing that is wrong with a bag.
type Fault struct {
	Path   string `json:"path,omitempty"` // within the bag; empty where it is of none
	Detail string `json:"detail"`
}

// Result is what a check found.
type Result struct {
	Version string  `json:"version"`
	Files   int64   `json:"files"` // of the payload
	Bytes   int64   `json:"bytes"`
	Faults  []Fault `json:"faults"`
}

// Valid tells that the bag is complete and every checksum is right.
func (r *Result) Valid() bool { return len(r.Faults) == 0 }

// checker takes the files of a bag in any order and judges in the end.
type checker struct {
	files  map[string]file // all but directories
	tags   map[string][]byte
	result Result
}

type file struct {
	size int64
	sums map[string]string // by algorithm, in hex
}

func newChecker() *checker {
	return &checker{files: map[string]file{}, tags: map[string][]byte{}, result: Result{Faults: []Fault{}}}
}

func (c *checker) fault(path, format string, args ...any) {
	c.result.Faults = append(c.result.Faults, Fault{path, fmt.Sprintf(format, args...)})
}

// hashes has the algorithms that can be checked. RFC 8493 asks for SHA-512 and
// SHA-256; MD5 and SHA-1 prove nothing any more.
func hashes() map[string]hash.Hash {
	return map[string]hash.Hash{"sha256": sha256.New(), "sha512": sha512.New()}
}

// add takes the next file.
func (c *checker) add(name string, r io.Reader) error {
	if err := checkName(name); err != nil {
		c.fault(name, "名称不是包内的相对路径")
		_, err := io.Copy(io.Discard, r)
		return err
	}
	if _, ok := c.files[name]; ok {
		c.fault(name, "同名文件出现两次")
	}
	sums := hashes()
	w := []io.Writer{sums["sha256"], sums["sha512"]}
	var kept bytes.Buffer
	inPayload := strings.HasPrefix(name, payload)
	if !inPayload && !strings.Contains(name, "/") {
		w = append(w, &kept)
		r = &bounded{r: r, left: maxTagFile}
	}
	n, err := io.Copy(io.MultiWriter(w...), r)
	if err != nil {
		return fmt.Errorf("bagit: reading %s: %w", name, err)
	}
	f := file{size: n, sums: map[string]string{}}
	for algorithm, h := range sums {
		f.sums[algorithm] = hex.EncodeToString(h.Sum(nil))
	}
	c.files[name] = f
	if inPayload {
		c.result.Files++
		c.result.Bytes += n
	} else {
		c.tags[name] = kept.Bytes()
	}
	return nil
}

// bounded fails beyond a number of bytes, instead of ending.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("more than %d bytes", maxTagFile)
	}
	return n, err
}

// judge comes when all files were added.
func (c *checker) judge() *Result {
	c.declaration()
	payloads := c.manifests("manifest-", func(name string) bool { return strings.HasPrefix(name, payload) })
	if payloads == 0 {
		c.fault("", "没有可核对的载荷清单 manifest-sha256.txt 或 manifest-sha512.txt")
	}
	c.manifests("tagmanifest-", func(name string) bool {
		return !strings.HasPrefix(name, payload) && !strings.HasPrefix(name, "tagmanifest-")
	})
	if _, ok := c.tags["fetch.txt"]; ok {
		c.fault("fetch.txt", "载荷有一部分要从网上取，本程序不取")
	}
	c.oxum()
	slices.SortStableFunc(c.result.Faults, func(a, b Fault) int { return strings.Compare(a.Path, b.Path) })
	return &c.result
}

func (c *checker) declaration() {
	b, ok := c.tags["bagit.txt"]
	if !ok {
		c.fault("bagit.txt", "缺少 bagit.txt")
		return
	}
	lines := slices.Collect(strings.Lines(strings.ReplaceAll(string(b), "\r\n", "\n")))
	if len(lines) != 2 {
		c.fault("bagit.txt", "应恰好有两行")
		return
	}
	version, ok := strings.CutPrefix(strings.TrimSuffix(lines[0], "\n"), "BagIt-Version: ")
	if !ok || version != Version && version != "0.97" {
		c.fault("bagit.txt", "第一行应为 BagIt-Version: %s", Version)
	}
	c.result.Version = version
	encoding, ok := strings.CutPrefix(strings.TrimSuffix(lines[1], "\n"), "Tag-File-Character-Encoding: ")
	if !ok || !strings.EqualFold(encoding, "UTF-8") {
		c.fault("bagit.txt", "第二行应为 Tag-File-Character-Encoding: UTF-8")
	}
}

// manifests checks the manifests whose names begin with prefix, and returns how
// many there are. Each payload manifest lists every file of the payload (RFC
// 8493, 2.1.3); what tag manifests list is up to them.
func (c *checker) manifests(prefix string, may func(name string) bool) (checked int) {
	for _, name := range sorted(c.tags) {
		algorithm, ok := strings.CutSuffix(strings.TrimPrefix(name, prefix), ".txt")
		if !ok || !strings.HasPrefix(name, prefix) {
			continue
		}
		if _, ok := hashes()[algorithm]; !ok {
			c.fault(name, "不支持的算法 %s", algorithm)
			continue
		}
		checked++
		listed := c.manifest(name, algorithm, may)
		if prefix != "manifest-" {
			continue
		}
		for _, file := range sorted(c.files) {
			if strings.HasPrefix(file, payload) && !listed[file] {
				c.fault(file, "不在清单 %s 中", name)
			}
		}
	}
	return checked
}

// manifest checks what one manifest lists.
func (c *checker) manifest(name, algorithm string, may func(string) bool) (listed map[string]bool) {
	listed = map[string]bool{}
	lines := bufio.NewScanner(bytes.NewReader(c.tags[name]))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		digest, rest, ok := strings.Cut(lines.Text(), " ")
		if d, r, tab := strings.Cut(lines.Text(), "\t"); tab && len(d) < len(digest) {
			digest, rest, ok = d, r, true
		}
		target := decode(strings.TrimPrefix(strings.TrimLeft(rest, " \t"), "./"))
		switch {
		case !ok || target == "":
			c.fault(name, "第 %d 行应为“校验值 路径”", n)
			continue
		case checkName(target) != nil || !may(target):
			c.fault(name, "第 %d 行的路径 %q 不应列在这里", n, target)
			continue
		}
		target = c.find(target)
		if listed[target] {
			c.fault(name, "%s 列了两次", target)
		}
		listed[target] = true
		switch f, ok := c.files[target]; {
		case !ok:
			c.fault(target, "列在 %s 中，但没有这个文件", name)
		case !strings.EqualFold(f.sums[algorithm], digest):
			c.fault(target, "%s 应为 %s，实为 %s", algorithm, digest, f.sums[algorithm])
		}
	}
	if err := lines.Err(); err != nil {
		c.fault(name, "不能读取：%v", err)
	}
	return listed
}

// find is the name a listed file has here: systems normalise names differently
// (RFC 8493, 5.1.3).
func (c *checker) find(name string) string {
	if _, ok := c.files[name]; ok {
		return name
	}
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		if _, ok := c.files[form.String(name)]; ok {
			return form.String(name)
		}
	}
	return name
}

// oxum compares the number and size of the payload with what bag-info.txt says.
func (c *checker) oxum() {
	for line := range strings.Lines(string(c.tags["bag-info.txt"])) {
		value, ok := strings.CutPrefix(line, "Payload-Oxum:")
		if !ok {
			continue
		}
		want := fmt.Sprintf("%d.%d", c.result.Bytes, c.result.Files)
		if strings.TrimSpace(value) != want {
			c.fault("bag-info.txt", "Payload-Oxum 为 %s，实为 %s", strings.TrimSpace(value), want)
		}
	}
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// inside is a name without the one top-level directory of a zip or tar file.
func inside(name string) (base, rest string) {
	base, rest, _ = strings.Cut(path.Clean(name), "/")
	return base, rest
}
