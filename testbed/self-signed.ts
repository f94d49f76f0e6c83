import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Failure } from "../report/failure.ts";

/** Makes a certificate for 127.0.0.1 that nobody trusts, and its key, as PEM. Throws a {@link Failure} `openssl-missing`. */
export function selfSigned({ days = 1 } = {}): { readonly cert: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-certificate-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  try {
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const files = ["-days", String(days), "-keyout", key, "-out", cert];
    execFileSync("openssl", ["req", ...kind, ...subject, ...files], { stdio: "ignore" });
    return { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  } catch (cause) {
    throw new Failure("openssl-missing", "no certificate could be made", {
      cause,
      fix: "install openssl (Debian: apt install openssl)",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
