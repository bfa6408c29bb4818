// Package archive holds what the archives have in common: the names of objects,
// the staging of uploads and the verification of what is read. Implementations
// are in dir (a directory) and s3 (an S3-compatible store); archivetest is the
// suite that both pass.
//
// An archive keeps these kinds of objects. None of them ever changes; what the
// store itself damaged may be replaced, originals by the same bytes and results
// by converting again.
//
//	originals/ab/cdef…                  the bytes of an upload, named by their SHA-256
//	                                    in lower-case hex, cut after two digits
//	events/<sha256>/<time>-<salt>.json  what happened to it, sorted by time
//	results/<sha256>/<versions>.json.gz what a version of the program made of it
//	verifications/<time>-<salt>.json    what a verification found (convert/custody)
//
// Originals and events are the record: the catalog can be rebuilt from them and
// the results, and the results from the originals. Events and results are plain
// records here; their keys are made in convert/intake. A client's file name is
// never part of a key.
//
// The algorithm of the digests is SHA-256, always; another one would get another
// prefix than originals/.
package archive
