package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// batchState is what is remembered of an upload until its end was seen, so that
// the same command goes on after a break. It holds no token.
type batchState struct {
	Server string `json:"server"`
	Folder string `json:"folder"` // absolute
	Key    string `json:"key"`    // of the call that opened the batch
	Batch  string `json:"batch"`  // its id; empty until the service answered

	file string
}

// loadBatchState finds what is remembered of a folder and server below dir, or
// begins anew.
func loadBatchState(dir, server, folder string) (*batchState, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(server + "\n" + abs))
	file := filepath.Join(dir, hex.EncodeToString(sum[:16])+".json")
	var s batchState
	b, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("读取上次的进度：%w", err)
	case json.Unmarshal(b, &s) == nil && s.Server == server && s.Folder == abs && s.Key != "":
		s.file = file
		return &s, nil
	}
	return &batchState{Server: server, Folder: abs, Key: rand.Text(), file: file}, nil
}

// save writes the state beside and renames it, so that it is whole or not there.
func (s *batchState) save() error {
	if err := os.MkdirAll(filepath.Dir(s.file), 0o700); err != nil {
		return fmt.Errorf("保存进度：%w", err)
	}
	part := s.file + ".part"
	if err := os.WriteFile(part, mustJSON(s), 0o600); err != nil {
		return fmt.Errorf("保存进度：%w", err)
	}
	if err := os.Rename(part, s.file); err != nil {
		return fmt.Errorf("保存进度：%w", err)
	}
	return nil
}

func (s *batchState) forget() error {
	if err := os.Remove(s.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("删除进度：%w", err)
	}
	return nil
}

// anew forgets the batch, not the place.
func (s *batchState) anew() {
	s.Batch, s.Key = "", rand.Text()
}
