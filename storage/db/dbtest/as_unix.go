//go:build unix

package dbtest

import (
	"os"
	"os/exec"
	"syscall"
)

// as makes cmd run as another user, which only root can.
func as(cmd *exec.Cmd, uid, gid int) {
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
}
