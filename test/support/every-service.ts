import type { PersonAccess, Access, Project } from "./project.ts";
import { GiteaProbe } from "./gitea-probe.ts";
import { MattermostProbe } from "./mattermost-probe.ts";
import { Browser } from "./sign-in.ts";
import { TwentyProbe } from "./twenty-probe.ts";

/** The systems that a person signs in to by a password of their own. */
export type SignIn = "database" | "identity" | "collaboration" | "workspaces" | "sourceControl";

/** Every server that people have accounts on, and one tenant's people at its doors. */
export class EveryService {
  readonly mattermost: MattermostProbe;
  readonly gitea: GiteaProbe;
  readonly coder: typeof import("./coder-probe.ts");
  readonly twenty = new TwentyProbe();
  readonly #project: Project;
  readonly #tenant: string;

  private constructor(
    project: Project,
    tenant: string,
    probes: Pick<EveryService, "mattermost" | "gitea" | "coder">,
  ) {
    this.#project = project;
    this.#tenant = tenant;
    this.mattermost = probes.mattermost;
    this.gitea = probes.gitea;
    this.coder = probes.coder;
  }

  /** The tests' servers must run. */
  static async start(project: Project, tenant: string): Promise<EveryService> {
    return new EveryService(project, tenant, {
      mattermost: await MattermostProbe.start(),
      gitea: await GiteaProbe.start(),
      // It reads the environment as soon as it is loaded.
      coder: await import("./coder-probe.ts"),
    });
  }

  /** Which of the systems that a person has access details for let them in by these. */
  async admits(
    person: PersonAccess,
    email: string,
    tenant: Access,
  ): Promise<Partial<Record<SignIn, boolean>>> {
    const { database, identity, collaboration, workspaces, sourceControl } = person;
    return {
      ...(database && { database: await this.#opensDatabase(database) }),
      ...(identity && { identity: await this.#signsInToRealm(identity, tenant) }),
      ...(collaboration && {
        collaboration:
          (await this.mattermost.signIn(collaboration.username, collaboration.oneTimePassword)) !== undefined,
      }),
      ...(workspaces && {
        workspaces: (await this.coder.signIn(email, workspaces.oneTimePassword)) !== undefined,
      }),
      ...(sourceControl && {
        sourceControl: await this.gitea.signsIn({
          username: sourceControl.username,
          password: sourceControl.oneTimePassword ?? "",
        }),
      }),
    };
  }

  /** Removes what an earlier run of the tests left. In Twenty it is the tenant's own and comes back to it. */
  async wipe(): Promise<void> {
    await this.#project.wipe(this.#tenant);
    await this.mattermost.removeTeam(this.#tenant);
    for (const { username } of await this.mattermost.list("/users?per_page=200"))
      if (this.#isOurs(username)) await this.mattermost.removeUser(String(username));
    const users = (await this.gitea.list("/admin/users?limit=50")).map(({ login }) => String(login));
    await this.gitea.remove({
      organizations: [this.#tenant],
      users: users.filter((login) => this.#isOurs(login)),
    });
    await this.coder.wipeTemplates(`${this.#tenant}-`);
    await this.coder.wipeAccounts(`${this.#tenant}-`);
  }

  #isOurs(account: unknown): boolean {
    return typeof account === "string" && account.startsWith(`${this.#tenant}_`);
  }

  async #opensDatabase(login: NonNullable<PersonAccess["database"]>): Promise<boolean> {
    const rows = this.#project.postgres.rowsAs(login, this.#tenant, "SELECT 1");
    return rows.then(
      () => true,
      () => false,
    );
  }

  /** The realm takes the one-time password and asks for another; one that is shut shows no form at all. */
  async #signsInToRealm(
    { username, oneTimePassword: password }: NonNullable<PersonAccess["identity"]>,
    { identity }: Access,
  ): Promise<boolean> {
    const browser = new Browser();
    const portal = identity.clients["portal"] ?? { clientId: "", clientSecret: "" };
    const redirectUri = `https://portal.${this.#tenant}.example/callback`;
    try {
      await browser.open({ issuer: identity.issuer, ...portal, redirectUri });
      return /update password/i.test(await browser.submit({ username, password }));
    } catch (error) {
      if (String(error).includes("Realm not enabled")) return false;
      throw error;
    }
  }
}
