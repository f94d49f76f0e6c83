import { describe, expect, test } from "@jest/globals";
import { whyFailed, withoutSecrets } from "../../../providers/coder/provisioner-job.ts";
import { coderApi } from "../../../providers/coder/server.ts";
import { fakeServer } from "../../support/fake-server.ts";

describe("secrets in what a job says", () => {
  test.each<[text: string, secrets: string[], rest: string]>([
    ["is hunter2 and hunter2", ["hunter2"], "is … and …"],
    ["is hunter22", ["hunter2", "hunter22"], "is …"],
    ["none", [""], "none"],
    ["two\n  lines", ["two\nlines"], "…"],
    ["a+b", ["a+b"], "…"],
  ])("%j without %j is %j", (text, secrets, rest) => {
    expect(withoutSecrets(text, secrets)).toBe(rest);
  });
});

describe("why a job failed", () => {
  const why = async (logs: unknown, job: { status: string; error?: string }): Promise<string> => {
    const server = await fakeServer((_request, response) => response.end(JSON.stringify(logs)));
    const api = coderApi({ CODER_URL: server.url, CODER_SESSION_TOKEN: "token-of-a-test" });
    const text = await whyFailed(api, { job }, "/templateversions/1/logs", ["hunter2"]);
    await server.close();
    return text;
  };

  test("is its error and the log's lines of errors, in one line", async () => {
    const logs = [
      { log_level: "info", output: "Initializing" },
      { log_level: "error", output: "Error: no\n   hunter2" },
    ];
    expect(await why(logs, { status: "failed", error: "exit status 1" })).toBe("exit status 1 Error: no …");
  });

  test("is its status when nothing says more", async () => {
    expect(await why(null, { status: "canceled" })).toBe("canceled");
  });

  test("is not endless", async () => {
    const logs = Array.from({ length: 100 }, (_, n) => ({
      log_level: "error",
      output: `${n} ${"x".repeat(100)}`,
    }));
    expect(await why(logs, { status: "failed" })).toHaveLength(1_000);
  });
});
