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
	warm    bool
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
		{name: "LibreOffice --convert-to txt", command: "soffice", format: extract.FormatDOCX, most: 5, warm: true,
			args: func(b *bench, file string) []string { return b.office("txt:Text", file) }},
	}
}

// office are the arguments that convert files with LibreOffice, its settings kept
// apart from the user's.
func (b *bench) office(to string, files ...string) []string {
	return append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(b.dir, "office")),
		"--headless", "--convert-to", to, "--outdir", filepath.Join(b.dir, "converted")}, files...)
}

// peers measures the programs for a kind of files, one call for each file, and
// says what was not measured.
func (b *bench) peers(ctx context.Context, k benchKind, row func(name string, c processCost, files int)) (missing []string) {
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
		if p.warm { // the first start makes its settings
			_, _ = measureProcess(ctx, append([]string{program}, p.args(b, files[0])...))
		}
		var sum processCost
		failed := ""
		for _, file := range files {
			c, err := measureProcess(ctx, append([]string{program}, p.args(b, file)...))
			if err != nil || c.status != 0 {
				failed = fmt.Sprintf("%s 没有转换 %s（%v，%s）", p.name, filepath.Base(file), err, c.said)
			}
			sum.cpu, sum.wall = sum.cpu+c.cpu, sum.wall+c.wall
		}
		if failed != "" {
			missing = append(missing, failed)
		}
		name := p.name + "（每个文件一次调用）"
		if len(files) < len(k.files) {
			name += fmt.Sprintf("，%d 个文件", len(files))
		}
		row(name, sum, len(files))
	}
	return missing
}
