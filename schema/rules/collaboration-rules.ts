import type { Finding } from "../finding.ts";
import { displayNameLength } from "../sections/collaboration.ts";
import { hasService, usesService } from "../tenant.ts";
import type { Draft } from "./draft.ts";
import { duplicates } from "./duplicates.ts";
import { people } from "./people.ts";
import { references } from "./references.ts";

/** Mattermost takes no team name that begins so (`reservedName` in server/public/model/utils.go). */
const reservedBeginnings = [
  "admin",
  "api",
  "channel",
  "claim",
  "error",
  "files",
  "help",
  "landing",
  "login",
  "mfa",
  "oauth",
  "plug",
  "post",
  "signup",
  "boards",
  "playbooks",
];

/** Mattermost makes these in every team. */
const reservedChannels = ["town-square", "off-topic"];

/** The team, its channels, bots and webhooks. */
export function collaborationRules(tenant: Draft): Finding[] {
  const { channels = [], bots = [], webhooks = [] } = tenant.collaboration ?? {};
  const teams = (tenant.teams ?? []).map(({ id }, index) => ({ value: id, path: ["teams", index, "id"] }));
  const named = channels.map(({ name }, index) => ({
    value: name,
    path: ["collaboration", "channels", index, "name"],
  }));
  const known = [...channels.map(({ name }) => name), ...teams.map(({ value }) => value)];
  const used = usesService(tenant, "collaboration");
  return [
    ...(used ? [...teamNameRules(tenant), ...lengthRules(tenant)] : []),
    ...[...(used ? teams : []), ...named].flatMap(({ value, path }): Finding[] => {
      if (value === undefined || !reservedChannels.includes(value)) return [];
      const found = JSON.stringify(value);
      const message = `${found} is reserved: Mattermost makes a channel of this name in every team`;
      return [{ code: "reserved-channel", message, path, found }];
    }),
    // Each of the tenant's teams has a channel of its own; two teams of one id are told as that.
    ...duplicates("channel's name", [...teams, ...named]).filter(({ path }) => path[0] === "collaboration"),
    ...botNameRules(tenant),
    ...duplicates(
      "webhook's name",
      webhooks.map(({ name }, index) => ({
        value: name,
        path: ["collaboration", "webhooks", index, "name"],
      })),
    ),
    ...references(
      "channel",
      known,
      webhooks.map(({ channel }, index) => ({
        value: channel,
        path: ["collaboration", "webhooks", index, "channel"],
      })),
    ),
    ...bots.flatMap(({ channels: theirs = [] }, index) => {
      const each = theirs.map((value, position) => ({
        value,
        path: ["collaboration", "bots", index, "channels", position],
      }));
      return [...references("channel", known, each), ...duplicates("channel", each)];
    }),
  ];
}

function teamNameRules({ id, collaboration }: Draft): Finding[] {
  const name = collaboration?.team ?? id;
  const beginning = reservedBeginnings.find((each) => name?.startsWith(each));
  if (name === undefined || beginning === undefined) return [];
  const declared = collaboration?.team !== undefined;
  const cure = declared ? "choose another" : "set `collaboration.team`";
  return [
    {
      code: "reserved-name",
      message: `${JSON.stringify(name)} can't be a team in Mattermost: no name there begins with ${beginning}; ${cure}`,
      path: declared ? ["collaboration", "team"] : ["id"],
      found: JSON.stringify(name),
    },
  ];
}

/** The tenant's name is its team's in Mattermost, and a team's name its channel's. */
function lengthRules({ name, teams = [] }: Draft): Finding[] {
  const names = [
    { value: name, path: ["name"], of: "a team" },
    ...teams.map((team, index) => ({ value: team.name, path: ["teams", index, "name"], of: "a channel" })),
  ];
  return names.flatMap(({ value, path, of }): Finding[] => {
    if (value === undefined || value.length <= displayNameLength) return [];
    const message = `is longer than the ${displayNameLength} characters that Mattermost takes for the name of ${of}`;
    return [{ code: "name-too-long", message, path }];
  });
}

/** Bots are named like people, and beside them. */
function botNameRules(tenant: Draft): Finding[] {
  const accounts = people(tenant)
    .filter((person) => hasService(tenant, person, "collaboration"))
    .map(({ account, path }) => ({ value: account, path }));
  const bots = (tenant.collaboration?.bots ?? []).map(({ name }, index) => ({
    value: name,
    path: ["collaboration", "bots", index, "name"],
  }));
  return duplicates("bot's and person's username", [...accounts, ...bots]).filter(
    ({ path }) => path[0] === "collaboration",
  );
}
