package sandbox

import "golang.org/x/sys/unix"

const (
	auditArch = unix.AUDIT_ARCH_LOONGARCH64
	// foreignCalls is above all call numbers: there is no second set.
	foreignCalls = 0x40000000
)

// deniedOnArch are calls that other architectures do not have.
var deniedOnArch []uint32
