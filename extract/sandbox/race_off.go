//go:build !race

package sandbox

// raceDetector tells that the race detector is built in.
const raceDetector = false
