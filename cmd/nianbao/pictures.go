package main

import (
	"fmt"
	"path/filepath"
	"time"

	"nianbao/convert/picture"
	"nianbao/extract/sandbox"
	"nianbao/storage/pictures"
)

// Pictures are drawn by processes of their own, so that who looks at a page does
// not wait for the batch that is being read. A page takes a tenth of a second;
// what takes longer than these is made to.
const (
	drawers  = 2
	drawWall = 20 * time.Second
	drawCPU  = 15 * time.Second
)

// openPictures makes what draws the pages of originals.
func (e *engine) openPictures() error {
	cfg := e.cfg.Reading.sandbox(e.log)
	cfg.Workers, cfg.Wall, cfg.CPU, cfg.Observer = drawers, min(cfg.Wall, drawWall), min(cfg.CPU, drawCPU), e.watch
	pool, err := sandbox.New(cfg)
	if err != nil {
		return err
	}
	e.closers = append(e.closers, pool.Close)
	if e.drawing, err = pool.Drawing(); err != nil {
		return fmt.Errorf("字体目录不能读取：%w", err)
	}
	if !e.drawing.Chinese {
		e.log.Warn("no font with Chinese characters: pictures of pages lack text whose fonts are not embedded", "directory", "/usr/share/fonts")
	}
	dir := e.cfg.Reading.picturesDir()
	cache, err := pictures.Open(filepath.Join(dir, "kept"), e.cfg.PageMiB<<20)
	if err != nil {
		return fmt.Errorf("页面图片的缓存不能使用：%w", err)
	}
	e.closers = append(e.closers, cache.Close)
	e.pages, err = picture.New(picture.Config{
		Reports: e.service, Drawer: pool, Cache: cache, Version: e.drawing.Version, Staging: filepath.Join(dir, "originals"), Log: e.log,
	})
	if err != nil {
		return err
	}
	e.closers = append(e.closers, e.pages.Close) // before its pool
	return nil
}
