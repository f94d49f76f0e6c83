import { expect, test } from "@jest/globals";
import { engineEvent } from "../../../fleet/engine-events.ts";
import { readReport } from "../../../fleet/read-report.ts";
import { StackReport } from "../../../fleet/stack-report.ts";
import { previewComment } from "../../../pull-requests/preview-comment.ts";
import { outcome } from "../fleet/outcomes.ts";

/** As Pulumi marks a secret that it shows in clear. */
const secret = (plaintext: string): object => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(plaintext),
});
const hush = "hush-5f0c9e";
const inputs = (version: string): object => ({
  clientSecret: secret(`${hush}-${version}`),
  headers: { authorization: secret(`${hush}-${version}`), list: [{ deep: secret(`${hush}-${version}`) }] },
  plain: version,
});

test("a secret that the engine handed over in clear, at any depth, is in no comment", () => {
  const stack = new StackReport();
  const type = "keycloak:oidc/identityProvider:IdentityProvider";
  const change = (op: string, name: string, detailedDiff?: object): void =>
    stack.add(
      engineEvent.parse({
        timestamp: 1,
        resOutputsEvent: {
          metadata: {
            op,
            type,
            urn: `urn:pulumi:prod.acme::tenantry::${type}::${name}`,
            old: { inputs: inputs("one"), outputs: inputs("one") },
            new: { inputs: inputs("two"), outputs: inputs("two") },
            detailedDiff,
          },
        },
      }),
    );
  change("update", "by-inputs");
  const paths = [
    "clientSecret",
    "headers",
    "headers.list[0].deep",
    "headers.list[0].deep.plaintext",
    "plain",
  ];
  change("replace", "by-diff", Object.fromEntries(paths.map((path) => [path, { diffKind: "update" }])));
  change("create", "new");
  change("delete", "old");
  const printed = JSON.stringify(outcome("acme", { changes: stack.changes }));
  const comment = previewComment(readReport(printed, "preview"), "") ?? "";
  expect(comment).toContain("plain: one → two");
  expect(comment).toContain("clientSecret: (secret) → (secret)");
  expect(comment.includes(hush)).toBe(false);
  expect(printed.includes(hush)).toBe(false);
});
