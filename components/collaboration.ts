import * as pulumi from "@pulumi/pulumi";
import { Bot } from "../providers/mattermost/bot.ts";
import { ChannelMember } from "../providers/mattermost/channel-member.ts";
import { Channel, type ChannelArgs } from "../providers/mattermost/channel.ts";
import { IncomingWebhook } from "../providers/mattermost/incoming-webhook.ts";
import { TeamMember } from "../providers/mattermost/team-member.ts";
import { Team } from "../providers/mattermost/team.ts";
import { User } from "../providers/mattermost/user.ts";
import { accountName } from "../schema/account-name.ts";
import { admits, type Admission } from "./admission.ts";
import {
  byUsername,
  secretPassword,
  type Account,
  type Person,
  type PersonAccess,
  type ResourcesByPerson,
} from "./person.ts";
import type { TeamOfPeople } from "./team-of-people.ts";

export interface CollaborationArgs extends Admission {
  /** Mattermost's address as people know it. */
  readonly url: pulumi.Input<string>;
  /** The tenant's id: accounts' names begin with it. Default: the component's name. */
  readonly tenant?: string;
  /** The team's name in its address. Default: the tenant's id. */
  readonly team?: string;
  /** The team's name that people read. Default: its name. */
  readonly displayName?: pulumi.Input<string>;
  /** false: the team may be deleted. Default: true. */
  readonly protectTeam?: boolean;
  /** Take over a team, channels and bots of these names that Tenantry did not make. Default: false. */
  readonly adopt?: boolean;
  /** Each has a private channel, named after its id. */
  readonly teams?: readonly TeamOfPeople[];
  /** Further channels, which everybody is in. */
  readonly channels?: readonly CollaborationChannel[];
  readonly people?: readonly CollaborationPerson[];
  readonly bots?: readonly CollaborationBot[];
  readonly webhooks?: readonly CollaborationWebhook[];
}

/** A channel that everybody is in. */
export interface CollaborationChannel extends Pick<ChannelArgs, "type" | "purpose" | "header"> {
  /** The name in its address. */
  readonly name: string;
  /** The name that people read. Default: the name. */
  readonly displayName?: pulumi.Input<string> | undefined;
}

export interface CollaborationPerson extends Person {
  /** What the server's OpenID Connect service calls the person: they sign in by it. Default: they have a password. */
  readonly subject?: pulumi.Input<string> | undefined;
}

/** An account for a program that posts. */
export interface CollaborationBot {
  /** The account is named `<tenant>_<name>`. */
  readonly name: string;
  /** Default: the name. */
  readonly displayName?: pulumi.Input<string> | undefined;
  readonly description?: pulumi.Input<string>;
  /** The names of the channels that it is in: declared ones, or teams' ids. */
  readonly channels?: readonly string[];
}

/** An address that posts come in by. */
export interface CollaborationWebhook {
  readonly name: string;
  /** The name of its channel: a declared one, or a team's id. */
  readonly channel: string;
  readonly description?: pulumi.Input<string>;
}

/** What a program needs to post as a bot. */
export interface BotAccess {
  readonly username: pulumi.Output<string>;
  /** A secret. */
  readonly token: pulumi.Output<string>;
}

/** Where in a team an account is. */
interface Place {
  readonly role: "member" | "admin";
  /** The names of its channels. */
  readonly channels: readonly string[];
  readonly enabled: pulumi.Input<boolean>;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Collaboration";

/**
 * A tenant's Mattermost team, which nobody joins by themselves: a private channel for each of its teams, further channels
 * for everybody, an account for each person in exactly the channels that are theirs, bots and webhooks.
 */
export class Collaboration extends pulumi.ComponentResource {
  /** The team's address. */
  readonly url: pulumi.Output<string>;
  readonly people: Readonly<Record<string, PersonAccess>>;
  readonly bots: Readonly<Record<string, BotAccess>>;
  /** Where to post, by the webhook's name. Secrets. */
  readonly webhooks: Readonly<Record<string, pulumi.Output<string>>>;
  readonly resources: ResourcesByPerson;

  readonly #name: string;
  readonly #tenant: string;
  readonly #adopt: boolean;
  readonly #team: Team;
  readonly #channels: ReadonlyMap<string, Channel>;

  constructor(name: string, args: CollaborationArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.#tenant = args.tenant ?? name;
    this.#adopt = args.adopt ?? false;
    this.#team = this.#createTeam(args);
    this.#channels = this.#createChannels(args);
    this.url = pulumi.interpolate`${args.url}/${this.#team.name}`;
    const accounts = (args.people ?? []).map((person) => this.#createAccount(person, args));
    this.people = byUsername(accounts, ({ access }) => access);
    this.resources = byUsername(accounts, ({ resources }) => resources);
    this.bots = Object.fromEntries((args.bots ?? []).map((bot) => [bot.name, this.#createBot(bot, args)]));
    this.webhooks = Object.fromEntries(
      (args.webhooks ?? []).map((webhook) => [webhook.name, this.#createWebhook(webhook)]),
    );
    this.registerOutputs({ url: this.url, people: this.people, bots: this.bots, webhooks: this.webhooks });
  }

  #createTeam({ team = this.#tenant, displayName = team, protectTeam = true }: CollaborationArgs): Team {
    return new Team(
      `${this.#name}-team`,
      { tenant: this.#tenant, name: team, displayName, adopt: this.#adopt },
      { parent: this, protect: protectTeam },
    );
  }

  #createChannels({ teams = [], channels = [] }: CollaborationArgs): ReadonlyMap<string, Channel> {
    const ofTeams = teams.map(({ id, name }): CollaborationChannel => ({ name: id, displayName: name }));
    const create = ({ displayName, ...channel }: CollaborationChannel): Channel =>
      new Channel(
        `${this.#name}-channel-${channel.name}`,
        {
          ...channel,
          tenant: this.#tenant,
          team: this.#team.id,
          displayName: displayName ?? channel.name,
          adopt: this.#adopt,
        },
        { parent: this },
      );
    return new Map([...ofTeams, ...channels].map((channel) => [channel.name, create(channel)]));
  }

  #createAccount(person: CollaborationPerson, { channels = [], ...args }: CollaborationArgs): Account {
    const name = `${this.#name}-user-${person.username}`;
    const { subject } = person;
    const enabled = admits(args, person);
    const user = new User(
      name,
      {
        tenant: this.#tenant,
        username: accountName("collaboration", this.#tenant, person.username),
        email: person.email,
        firstName: person.firstName,
        lastName: person.lastName,
        enabled,
        signIn: subject === undefined ? undefined : { service: "openid", subject },
        rotation: person.reset,
        adopt: person.adopt ?? false,
      },
      { parent: this },
    );
    const memberships = this.#join(name, user, {
      enabled,
      role: person.role === "tenant_admin" ? "admin" : "member",
      channels: [...(person.teams ?? []), ...channels.map((channel) => channel.name)],
    });
    const access = {
      username: user.username,
      ...(subject === undefined && { oneTimePassword: secretPassword(user) }),
      url: this.url,
    };
    return { person, access, resources: [user, ...memberships] };
  }

  #createBot(
    { name, displayName = name, description, channels = [] }: CollaborationBot,
    { enabled = true }: Admission,
  ): BotAccess {
    const child = `${this.#name}-bot-${name}`;
    const bot = new Bot(
      child,
      {
        tenant: this.#tenant,
        username: accountName("collaboration", this.#tenant, name),
        displayName,
        ...(description !== undefined && { description }),
        enabled,
        adopt: this.#adopt,
      },
      { parent: this },
    );
    this.#join(child, bot, { role: "member", channels, enabled });
    return { username: bot.username, token: pulumi.secret(bot.token) };
  }

  #createWebhook({ name, channel, description }: CollaborationWebhook): pulumi.Output<string> {
    const webhook = new IncomingWebhook(
      `${this.#name}-webhook-${name}`,
      {
        tenant: this.#tenant,
        channel: this.#channel(channel).id,
        displayName: name,
        ...(description !== undefined && { description }),
      },
      { parent: this },
    );
    return pulumi.secret(webhook.url);
  }

  /** Puts an account into the team, then into channels. Whoever leaves the team leaves its channels. */
  #join(name: string, account: User | Bot, { role, channels, enabled }: Place): pulumi.Resource[] {
    const user = account.id;
    const inTeam = new TeamMember(`${name}-team`, { team: this.#team.id, user, role }, { parent: this });
    const options = { parent: this, dependsOn: inTeam, deletedWith: inTeam };
    const inChannels = channels.map(
      (channel) =>
        new ChannelMember(
          `${name}-channel-${channel}`,
          { channel: this.#channel(channel).id, user, enabled },
          options,
        ),
    );
    return [inTeam, ...inChannels];
  }

  #channel(name: string): Channel {
    const channel = this.#channels.get(name);
    if (channel === undefined) throw new RangeError(`channel ${name} is not declared`);
    return channel;
  }
}
