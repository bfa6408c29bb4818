// Command nianbao reads annual reports on government information disclosure
// (政府信息公开工作年度报告), checks them and keeps the originals.
//
// Each command has a file of its own. Configuration is read here and nowhere
// else in the module.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // closed networks and slim containers have no zone files

	"nianbao/extract/sandbox"
)

// childCommand is the argument that starts the process which reads untrusted files;
// the pool of package sandbox gives it.
const childCommand = "child"

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	if len(args) == 1 && args[0] == childCommand {
		return sandbox.Child() // before anything that only other commands need
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once, as if nobody had asked for signals
	root := newRoot(os.Stdout, os.Stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var status exitStatus
	switch {
	case err == nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	default:
		fmt.Fprintln(os.Stderr, "nianbao:", err)
		return exitUsage
	}
}
