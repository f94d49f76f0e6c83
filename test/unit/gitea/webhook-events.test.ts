import { describe, expect, test } from "@jest/globals";
import { eventNames, eventsOnServer, eventsToDeclare } from "../../../providers/gitea/webhook-events.ts";

describe("events of webhooks", () => {
  test("each of them comes back from the server as it was declared", () => {
    for (const event of eventNames) expect(eventsToDeclare(eventsOnServer([event]))).toEqual([event]);
  });

  test("all at once are the fewest names, and those mean the same", () => {
    const all = eventsOnServer(eventNames);
    const declared = eventsToDeclare(all);
    expect(declared).toContain("pull_request");
    expect(declared).not.toContain("pull_request_sync");
    expect(eventsOnServer(declared)).toEqual(all);
  });

  test.each([
    [
      ["push", "push", "issues_only"],
      ["issues", "push"],
      ["issues_only", "push"],
    ],
    [
      ["issues", "issue_label"],
      ["issue_assign", "issue_comment", "issue_label", "issue_milestone", "issues"],
      ["issues"],
    ],
    [
      ["pull_request_only", "pull_request_sync"],
      ["pull_request", "pull_request_sync"],
      ["pull_request_only", "pull_request_sync"],
    ],
    [["pull_request_sync"], ["pull_request_sync"], ["pull_request_sync"]],
    [[], [], []],
  ])("%j", (declared, onServer, again) => {
    expect(eventsOnServer(declared)).toEqual(onServer);
    expect(eventsToDeclare(onServer)).toEqual(again);
    expect(eventsOnServer(again)).toEqual(onServer);
  });
});
