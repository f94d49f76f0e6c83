import { expect, test } from "@jest/globals";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../../cli/commands/local.ts";
import { down, localFolder, status, wantedServers } from "../../../testbed/local.ts";
import { servers } from "../../../testbed/servers.ts";
import { silent } from "../../../report/progress.ts";
import { TemporaryFolder } from "../toolchain/temporary-folder.ts";

const defaults = ["postgres", "keycloak"];
const wanted = (root: string, ...named: string[]): string[] =>
  wantedServers(root, named).map(({ name }) => name);

test("up starts PostgreSQL and Keycloak, and what is named", () => {
  using folder = new TemporaryFolder();
  expect(wanted(folder.path)).toEqual(defaults);
  expect(wanted(folder.path, "mattermost", "gitea")).toEqual([...defaults, "mattermost", "gitea"]);
  expect(wanted(folder.path)).toEqual(defaults);
});

test("what was started once is wanted from then on, until it's deleted", async () => {
  using folder = new TemporaryFolder();
  const coder = servers.filter(({ name }) => name === "coder");
  mkdirSync(join(localFolder(folder.path), "coder"), { recursive: true });
  expect(wanted(folder.path)).toEqual([...defaults, "coder"]);
  const states = async (): Promise<unknown> =>
    Object.fromEntries((await status(folder.path)).map(({ name, state }) => [name, state]));
  expect(await states()).toMatchObject({ postgres: "stopped", coder: "stopped", mattermost: "not chosen" });
  await down(folder.path, coder, silent);
  expect(wanted(folder.path)).toEqual([...defaults, "coder"]);
  await down(folder.path, coder, silent, { delete: true });
  expect(wanted(folder.path)).toEqual(defaults);
  expect(await states()).toMatchObject({ postgres: "stopped", coder: "not chosen" });
});

test("the help of up names every server that can be chosen", () => {
  const up = command.commands.find((each) => each.name() === "up");
  const help = up?.options.find(({ long }) => long === "--with")?.description ?? "";
  const optional = servers.filter((server) => server.optional).map(({ name }) => name);
  expect(optional.length).toBeGreaterThan(0);
  expect(optional.filter((name) => !help.includes(name))).toEqual([]);
});

test("down passes over what was never chosen", async () => {
  using folder = new TemporaryFolder();
  mkdirSync(localFolder(folder.path), { recursive: true });
  const titles: string[] = [];
  await down(folder.path, servers, {
    step: (title, work) => {
      titles.push(title);
      return work(() => undefined);
    },
  });
  expect(titles).toEqual(["Keycloak", "PostgreSQL"]);
});
