// Package custody proves that what was taken in is still there.
package custody
