package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"nianbao/extract"
)

// benchPeer is a program that users might take instead.
type benchPeer struct {
	name    string
	command string // as it is looked for
	format  extract.Format
	most    int // files that it converts, as it is slow; 0 is all
	args    func(b *bench, file string) []string
}

func benchPeers() []benchPeer {
	return []benchPeer{
		{name: "pdftotext -bbox", command: "pdftotext", format: extract.FormatPDF,
			args: func(_ *bench, file string) []string { return []string{"-bbox", file, os.DevNull} }},
		{name: "mutool draw -F stext", command: "mutool", format: extract.FormatPDF,
			args: func(_ *bench, file string) []string {
				return []string{"draw", "-q", "-F", "stext", "-o", os.DevNull, file}
			}},
		{name: "pandoc -t json", command: "pandoc", format: extract.FormatDOCX,
			args: func(_ *bench, file string) []string {
				return []string{"-f", "docx", "-t", "json", "-o", os.DevNull, file}
			}},
		{name: "docx2txt", command: "docx2txt", format: extract.FormatDOCX,
			args: func(_ *bench, file string) []string { return []string{file, "-"} }},
		{name: "LibreOffice --convert-to txt", command: "soffice", format: extract.FormatDOCX, most: 5,
			args: func(b *bench, file string) []string { return b.office("txt:Text", file) }},
	}
}

// office are the arguments that convert files with LibreOffice, its settings kept
// apart from the user's.
func (b *bench) office(to string, files ...string) []string {
	return append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(b.dir, "office")),
		"--headless", "--convert-to", to, "--outdir", filepath.Join(b.dir, "converted")}, files...)
}

// peers are the programs for a kind of files that are installed, one call for each
// file, and what is not measured.
func (b *bench) peers(ctx context.Context, k benchKind) (rows []*benchRow, missing []string) {
	for _, p := range benchPeers() {
		if p.format != k.format {
			continue
		}
		program, err := exec.LookPath(p.command)
		if err != nil {
			missing = append(missing, p.name+" 没有安装，未测")
			continue
		}
		files := k.some(b.opt.peerFiles)
		if p.most > 0 {
			files = benchKind{files: files}.some(p.most)
		}
		call := func(file string) (processCost, error) {
			c, err := measureProcess(ctx, append([]string{program}, p.args(b, file)...))
			if err == nil && c.status != 0 {
				err = fmt.Errorf("没有转换 %s：%s", filepath.Base(file), c.said)
			}
			return c, err
		}
		// The first file also shows that the program works, and fills caches.
		if _, err := call(files[0]); err != nil {
			missing = append(missing, fmt.Sprintf("%s 未测：%v", p.name, err))
			continue
		}
		name := p.name + "（每个文件一次调用）"
		if len(files) < len(k.files) {
			name += fmt.Sprintf("，%d 个文件", len(files))
		}
		rows = append(rows, &benchRow{name: name, peer: true, measure: func(round int) (sum processCost, err error) {
			share := roundShare(files, round, b.rounds())
			for _, file := range share {
				c, err := call(file)
				if err != nil {
					return sum, err
				}
				sum.cpu, sum.wall = sum.cpu+c.cpu, sum.wall+c.wall
			}
			return sum.per(len(share)), nil
		}})
	}
	return rows, missing
}

// roundShare are the files of one of several rounds: each file is in one round
// where there are enough for all, and there is always one.
func roundShare(files []string, round, rounds int) (out []string) {
	for i := round % len(files); i < len(files); i += rounds {
		out = append(out, files[i])
	}
	return out
}
