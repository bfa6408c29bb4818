package reader

import (
	"errors"
	"io"

	"nianbao/extract"
	"nianbao/extract/cfb"
)

// sniffOLE tells what a compound file holds by the names of its streams.
func sniffOLE(r io.ReaderAt, size int64) (extract.Format, error) {
	file, err := cfb.Open(r, size)
	if err != nil && !errors.Is(err, cfb.ErrFormat) {
		return "", err
	}
	if file == nil || len(file.Names()) == 0 {
		return "", unsupported("文件像是旧版 Office 文档，但已损坏（文件共 %d 字节，读不出目录）。%s", size, hint)
	}
	switch has := file.Has; {
	case has("EncryptedPackage"):
		return "", &extract.Error{Code: extract.CodeEncrypted, Detail: "Word 文件设有打开密码，无法读取。请用 Word 打开，取消密码（文件—信息—保护文档）并保存后再上传。"}
	case has("WordDocument"):
		return extract.FormatDOC, nil
	case has("Workbook"), has("Book"):
		return "", unsupported("这是旧版 Excel 工作簿（.xls），不是报告文档。%s", hint)
	case has("PowerPoint Document"):
		return "", unsupported("这是旧版 PowerPoint 演示文稿（.ppt），不是报告文档。%s", hint)
	case has("__properties_version1.0"):
		return "", unsupported("这是 Outlook 邮件（.msg），请上传邮件中的附件。%s", hint)
	}
	return "", unsupported("这是旧版 Office 的复合文档，但不是 Word 文档。%s", hint)
}
