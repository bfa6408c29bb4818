//go:build !linux

package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"
)

// serve is Child with the reader to use: one file from standard input, one
// answer to standard output.
func serve(read readFunc) int {
	var s settings
	if err := json.Unmarshal([]byte(os.Getenv(settingsVar)), &s); err != nil {
		fmt.Fprintln(os.Stderr, "this command is started by nianbao itself")
		return exitMisused
	}
	var r request
	if err := json.Unmarshal([]byte(os.Getenv(requestVar)), &r); err != nil {
		fmt.Fprintln(os.Stderr, "this command is started by nianbao itself")
		return exitMisused
	}
	collect(s)
	debug.SetMaxStack(int(s.StackBytes))
	if err := newWorker(read, s).answer(os.Stdout, os.Stdin, r); err != nil {
		fmt.Fprintln(os.Stderr, "sandbox child:", err)
		return exitBroken
	}
	return exitDone
}
