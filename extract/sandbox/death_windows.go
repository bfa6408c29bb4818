package sandbox

import "os"

// signalCause knows no signals on Windows.
func signalCause(*os.ProcessState) cause { return causeUnknown }
