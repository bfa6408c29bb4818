//go:build race

package sandbox

// raceDetector tells that the race detector is built in. Its shadow memory is
// several times the program's and would count into RLIMIT_DATA.
const raceDetector = true
