// Package bagit writes and checks bags: packages of files with their checksums as
// RFC 8493 (The BagIt File Packaging Format, version 1.0) describes them, which
// archives take over.
//
//	bagit.txt                version and encoding
//	bag-info.txt             what the bag is, for people
//	data/…                   the files that are handed over, the payload
//	manifest-sha256.txt      SHA-256 of every file of the payload
//	tagmanifest-sha256.txt   SHA-256 of every other file
//
// A Writer takes the payload file by file and streams it into a Sink: a
// directory, a zip or a tar file. Nothing is held in memory but the manifest. A
// Check reads a bag in any of these forms and tells every fault.
//
// Names are UTF-8 in Normalization Form C. In manifests CR, LF and "%" are
// percent-encoded, and nothing else (RFC 8493, 2.1.3).
package bagit
