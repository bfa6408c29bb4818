// Package telemetry is how the service is watched: Prometheus metrics,
// OpenTelemetry traces and what a log line says of its request. One Telemetry
// serves a process; it implements the observers that the packages which do the
// work declare (api.Observer, intake.Observer and Carrier, sandbox.Observer), so
// that none of them knows the libraries used here.
//
// Metrics have names that begin with nianbao_, in base units (seconds, bytes).
// Every label has a closed set of values: what a client, a file or a store may
// invent (paths, names, messages, codes nobody knows) is counted as "other", so
// that the number of time series is bounded by the program, not by its input.
//
// Traces are off unless Config.Endpoint is given; nothing is sent anywhere else
// and no OTEL_… variable of the environment is read. They go out as OTLP over
// HTTP in protobuf encoding, in the background, and are dropped when the receiver
// is slow or away: watching never holds up the work. A trace begins with an HTTP
// request; Carry and Resume take it over the queue into the process that does the
// job.
//
// Log lines written with a context carry the request's id, and the trace's where
// there is one (LogHandler).
package telemetry
