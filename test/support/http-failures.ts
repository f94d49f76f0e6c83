import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Failure } from "../../report/failure.ts";
import { FaultProxy, type Fault } from "./fault-proxy.ts";
import { selfSigned } from "../../testbed/self-signed.ts";

interface Subject {
  /** The system's name in its failures. */
  readonly system: string;
  /** The real server's address, without the API's path. */
  readonly url: () => string;
  /** What no message may hold. */
  readonly secrets: () => readonly string[];
  /** Reads something through `url`, as the provider does. Every call of it is broken. */
  readonly read: (url: string) => Promise<unknown>;
  /** Creates something through `url`, which must leave nothing behind when every call of it is broken. */
  readonly create: (url: string) => Promise<unknown>;
}

const nonsense = "<html>hello</html>";

const cases: readonly [name: string, fault: Fault, code: string][] = [
  ["401", { status: 401 }, "wrong-token"],
  ["403", { status: 403 }, "missing-privilege"],
  ["409", { status: 409 }, "conflict"],
  ["422", { status: 422 }, "request-refused"],
  ["429 for ever", { status: 429, headers: { "retry-after": "0" } }, "rate-limited"],
  ["429 with an hour to wait", { status: 429, headers: { "retry-after": "3600" } }, "rate-limited"],
  ["500", { status: 500 }, "server-error"],
  ["503", { status: 503, body: "maintenance" }, "server-error"],
  ["a redirect", { status: 302, headers: { location: "https://elsewhere.example" } }, "unexpected-answer"],
  ["a body that is no JSON", { status: 200, body: nonsense }, "unexpected-answer"],
  ["a body of another shape", { status: 200, body: '"hello"' }, "unexpected-answer"],
  ["a lost connection", "reset", "server-unreachable"],
  ["no answer", "hang", "server-unreachable"],
];

/** What a provider says when its server misbehaves: a clear failure of its system, and never a secret. */
export function describeHttpFailures(subject: Subject): void {
  describe(`when ${subject.system} misbehaves`, () => {
    let proxy: FaultProxy;
    const before = process.env["TENANTRY_HTTP_TIMEOUT"];

    beforeAll(async () => {
      process.env["TENANTRY_HTTP_TIMEOUT"] = "300";
      proxy = await FaultProxy.start(subject.url());
    });
    beforeEach(() => proxy.clear());
    afterAll(async () => {
      if (before === undefined) delete process.env["TENANTRY_HTTP_TIMEOUT"];
      else process.env["TENANTRY_HTTP_TIMEOUT"] = before;
      await proxy.close();
    });

    test.each(cases)("%s, while it is read: %s gives %s", async (_name, fault, code) => {
      proxy.always({}, fault);
      expectFailure(await failureOf(subject.read(proxy.url)), [code], subject);
    });

    test.each(cases)("%s, while it is created: %s gives %s", async (_name, fault, code) => {
      proxy.always({}, fault);
      expectFailure(await failureOf(subject.create(proxy.url)), [code, "answer-lost"], subject);
    });

    test("a passing failure is not noticed", async () => {
      proxy.once({}, { status: 503, headers: { "retry-after": "0" } });
      proxy.once({}, "reset");
      await subject.read(proxy.url);
      expect(proxy.calls.length).toBeGreaterThan(2);
    });

    test("nobody listens there", async () => {
      const gone = await FaultProxy.start(subject.url());
      await gone.close();
      expectFailure(await failureOf(subject.read(gone.url)), ["server-unreachable"], subject);
    });

    test("a certificate that nobody trusts", async () => {
      const server = createServer(selfSigned(), (_request, response) => response.end("{}"));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const failure = await failureOf(subject.read(`https://127.0.0.1:${port}`));
      server.closeAllConnections();
      server.close();
      expectFailure(failure, ["certificate-untrusted"], subject);
    });
  });
}

function expectFailure(failure: Failure, codes: readonly string[], { system, secrets }: Subject): void {
  expect(failure.system).toBe(system);
  expect(codes).toContain(failure.code);
  const said = `${failure.message} ${failure.fix ?? ""} ${String(failure.cause)}`;
  for (const secret of secrets()) expect(said).not.toContain(secret);
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => new Error("it should have failed"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error;
}
