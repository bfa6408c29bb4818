package main

import (
	"time"

	"golang.org/x/sys/windows"
)

// processorTime is what this process has used so far.
func processorTime() time.Duration {
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(windows.CurrentProcess(), &created, &exited, &kernel, &user); err != nil {
		panic(err) // its arguments are right
	}
	ticks := func(f windows.Filetime) time.Duration { // of 100 ns, since the process began
		return time.Duration(int64(f.HighDateTime)<<32|int64(f.LowDateTime)) * 100
	}
	return ticks(kernel) + ticks(user)
}
