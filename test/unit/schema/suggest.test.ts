import { expect, test } from "@jest/globals";
import { closestKey } from "../../../schema/suggest.ts";

const sections = ["database", "identity", "collaboration", "workspaces", "sourceControl", "crm", "users"];
const systems = ["postgres", "keycloak", "mattermost", "coder", "gitea", "github", "twenty"];

test.each([
  ["mattermost", sections, "collaboration"],
  ["Gitea", sections, "sourceControl"],
  ["postgresql", sections, "database"],
  ["user", sections, "users"],
  ["colaboration", sections, "collaboration"],
  ["collaboration", systems, "mattermost"],
  ["sourceControl", systems, "gitea"],
  ["matermost", systems, "mattermost"],
  ["mattermost", ["teams", "channels"], undefined],
  ["jira", sections, undefined],
])("for %s one of %j: %s", (written, keys, meant) => {
  expect(closestKey(written, keys)).toBe(meant);
});
