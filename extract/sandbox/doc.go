// Package sandbox runs [nianbao/extract/reader] in child processes that can be
// killed. Go can neither recover from stack exhaustion nor stop a goroutine that
// spins, and the libraries that read PDF can be made to do both; so a file that
// spins, exhausts the stack or the memory costs one child and ends in one clear
// error, while the parent and all other files go on.
//
// A child is the same binary, started again with a first argument that makes it
// call [Child]. Parent and child talk over a socket pair: a request is a JSON
// frame with the file's descriptor beside it (SCM_RIGHTS), the answer a frame with
// the extraction, in the form of package wire, or a typed error; a long document
// follows in more frames, so that neither side holds it twice. A child reads one file at a time
// and many in its life; it is replaced after a number of files, when it has
// grown, and whenever a limit was hit.
//
// On Linux each child is held by
//
//   - RLIMIT_DATA (memory), RLIMIT_CORE, RLIMIT_NOFILE, RLIMIT_FSIZE; never
//     RLIMIT_AS, because Go reserves far more address space than it uses,
//   - the runtime's own soft memory limit at 80 % and a bound on each stack,
//   - RLIMIT_CPU, raised anew for each file, with a handler for SIGXCPU, since
//     the Go runtime ignores the signal otherwise,
//   - a wall clock and a watch on resident memory in the parent,
//   - Landlock (no path may be opened but, for reading, the cache and the fonts of
//     the second engine) and seccomp (no sockets, no new
//     programs, no other process touched),
//   - an empty environment, its own process group, and Pdeathsig, so that it
//     dies with its parent.
//
// What a kernel or container does not allow is told in [Report], logged once,
// and the work goes on without it. On other systems a child reads one file from
// its standard input and only the wall clock holds it.
//
// What a child answers is input like any other: its size, and the memory it takes
// once read, are capped and its indices are checked before anybody uses them.
package sandbox
