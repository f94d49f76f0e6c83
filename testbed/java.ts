import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../report/failure.ts";

const wanted = 17;

/** The program `java`, 17 or later. Throws a {@link Failure} `java-missing` or `java-too-old`. */
export async function java(): Promise<string> {
  const home = process.env["JAVA_HOME"];
  const program = home ? join(home, "bin", "java") : "java";
  const where = home ? `${program} (JAVA_HOME)` : "java on PATH";
  const details = {
    system: "Keycloak",
    fix: "install Java 17 or later (Debian: apt install openjdk-17-jre-headless) or point JAVA_HOME to one",
  };
  let text: string;
  try {
    text = (await promisify(execFile)(program, ["-version"])).stderr;
  } catch (cause) {
    throw new Failure("java-missing", `Keycloak needs Java ${wanted}; there's no ${where}`, {
      ...details,
      cause,
    });
  }
  const [, version = "", first = "", second = ""] = /version "((\d+)(?:\.(\d+))?[^"]*)"/.exec(text) ?? [];
  const major = Number(first === "1" ? second : first);
  if (major >= wanted) return program;
  throw new Failure(
    "java-too-old",
    `Keycloak needs Java ${wanted}; ${where} is ${version || "unknown"}`,
    details,
  );
}
