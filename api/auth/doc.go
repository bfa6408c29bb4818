// Package auth decides who may: bearer tokens for programs, sessions for
// browsers, one table from actions to roles, and the audit of what was done
// with originals and tokens.
//
// An [Authority] tells from a request who asks ([Authority.Identify]); the
// [Identity] goes into the context, and [Require] is the one place where a role
// is compared with an action. What a role may see of the reports is a
// [nianbao/convert/intake.Scope], which lists and single look-ups obey alike.
//
//	token   nb_ and 32 random bytes in base64url; shown once. The first ten bytes,
//	        in base32, are its public id; of the whole only the SHA-256 is kept.
//	session 32 random bytes in a cookie (HttpOnly, SameSite=Lax), kept as SHA-256;
//	        begins with a token pasted into /login and ends with it.
//	open    as long as the database has never had a token, and the configuration
//	        allows it, everybody may do everything but manage tokens and read the
//	        audit. A revoked or expired token still counts: a service that was
//	        closed never opens by itself.
//
// A fast hash is enough for secrets of 176 random bits and more: nobody can try
// them out, so a slow one would only slow down every request.
//
// Failed attempts are slowed by remote address. A good token is let in all the
// same: a whole county may sit behind one address, and guessing is hopeless.
package auth
