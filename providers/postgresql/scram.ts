import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * What PostgreSQL stores of a password: a SCRAM-SHA-256 verifier (RFC 5802 and 7677, in PostgreSQL's notation). Sent in
 * the password's place, it keeps the password itself off the wire and out of the server's log.
 *
 * The password must be ASCII: RFC 5802's normalisation (SASLprep) is not done. 4096 rounds are the server's own default
 * and enough for a random password; they are paid at each connection.
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const key = (name: string): Buffer => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(key("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${key("Server Key").toString("base64")}`;
}
