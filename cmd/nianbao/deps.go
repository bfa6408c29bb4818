//go:build deps

package main

// Blank imports keep the verified set of versions in go.mod until each library
// is used for real; the last one to be used removes this file.
import (
	_ "github.com/xuri/excelize/v2"
)
