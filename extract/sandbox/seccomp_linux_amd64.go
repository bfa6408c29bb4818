package sandbox

import "golang.org/x/sys/unix"

const (
	auditArch = unix.AUDIT_ARCH_X86_64
	// foreignCalls is where the x32 calls begin: the same kernel by other numbers.
	foreignCalls = 0x40000000
)

// deniedOnArch are calls that other architectures do not have.
var deniedOnArch = []uint32{unix.SYS_FORK, unix.SYS_VFORK}
