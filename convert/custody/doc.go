// Package custody proves that what was taken in is still there, and hands it
// over.
//
// Verify reads the archive and the catalog and reports what is lost, damaged or
// belongs to nothing:
//
//  1. The listings of originals, events and results and the rows of the catalog
//     are each in the order of SHA-256. They are merged, so that all that there is
//     of one report (a holding) is seen together and little is held in memory.
//  2. Each holding is examined. Whether everything is there, and of the right
//     size, is seen from the listings. All originals, or those of a random
//     sample, are read and hashed again, their events and results read.
//  3. What looks wrong is looked at once more when all the rest is done: a service
//     that writes at the same time has an original before its event, and an event
//     before its row. Only what is found both times is a Finding.
//
// Nothing is changed. A damaged or missing original is put right by uploading the
// same bytes again, a damaged result by converting again, the catalog by making
// it anew from the archive.
//
// Each verification is kept as a record (Keep, Last). Schedule verifies from time
// to time within a service. Package bagit below hands reports over.
package custody
