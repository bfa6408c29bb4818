package main

import (
	"github.com/spf13/cobra"

	"nianbao/extract/sandbox"
)

// newChild is the process that reads untrusted files; the pool of package
// sandbox starts it.
func newChild() *cobra.Command {
	return &cobra.Command{
		Use:    "child",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if status := sandbox.Child(); status != 0 {
				return exitStatus(status)
			}
			return nil
		},
	}
}
