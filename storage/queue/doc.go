// Package queue hands jobs (intake.Job) to workers, with River in the service's
// database: a job is enqueued in the transaction that records the upload, so
// there is never the one without the other.
//
// What a job may do is decided by the catalog, not here: a report's row has the
// ticket of its one valid job. River may run a job twice after a rescue; the row
// then refuses the second. So River is asked for little: order, waiting, waking,
// and giving a job to one worker at a time.
//
//   - Order: what workers put off goes first when its time has come, then single
//     uploads, then batches. Among batches each job counts as
//     enqueued Rank times a step after its batch began, so that a batch of a
//     hundred is not held up by one of ten thousand, and yet comes to its end.
//   - Cancelling: River's own way does nothing without LISTEN (facts §4). A
//     cancelled report loses its ticket; the worker sees that within a second.
//   - Dead workers: intake.Service.Sweep gives new tickets to what they had.
//     River's rescue only tidies up after that.
//
// On PostgreSQL workers listen and start within milliseconds; on SQLite they poll.
package queue
