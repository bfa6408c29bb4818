package sandbox

import "os"

// signalCause knows no signals on Windows.
func signalCause(*os.ProcessState) cause { return causeUnknown }

// maxResident is not known on Windows.
func maxResident(*os.ProcessState) int64 { return 0 }
