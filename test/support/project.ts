import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { engineEnvironment } from "../../fleet/engine-environment.ts";
import { KeycloakAdmin } from "../../providers/keycloak/admin-client.ts";
import { keycloakCredentials } from "../../providers/keycloak/credentials.ts";
import { optionalServers } from "../../stacks/tenant-services.ts";
import { Place } from "../../testbed/place.ts";
import { postgres as postgresServer, superuserOf } from "../../testbed/postgres.ts";
import { KeycloakProbe } from "./keycloak-probe.ts";
import { patience } from "./keycloak-server.ts";
import { PostgresProbe } from "./postgres-probe.ts";
import { testEnvironment } from "./servers.ts";
import { wipe } from "./wipe.ts";

export const repository = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The command on the pinned Node, without the check of `node_modules` that `npx tenantry` makes first. */
const command = ["--disable-warning=ExperimentalWarning", "cli/main.ts"];

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `tenantry access --json` prints. */
export interface Access {
  readonly database: { readonly host: string; readonly port: number; readonly database: string };
  readonly identity: {
    readonly issuer: string;
    readonly accountConsole: string;
    readonly clients: Readonly<
      Record<string, { readonly clientId: string; readonly clientSecret: string } | undefined>
    >;
  };
  readonly collaboration?: {
    readonly url: string;
    readonly bots: Readonly<
      Record<string, { readonly username: string; readonly token: string } | undefined>
    >;
    readonly webhooks: Readonly<Record<string, string | undefined>>;
  };
  readonly workspaces?: {
    readonly url: string;
    readonly templates: Readonly<Record<string, string | undefined>>;
  };
  readonly sourceControl?: {
    readonly url: string;
    readonly repositories: Readonly<Record<string, RepositoryDetails | undefined>>;
  };
  readonly crm?: { readonly url: string };
  readonly people: Readonly<Record<string, PersonAccess | undefined>>;
}

export interface RepositoryDetails {
  readonly url: string;
  readonly clone: string;
  readonly cloneBySsh: string;
  readonly webhookSecrets?: Readonly<Record<string, string>>;
}

/** What somebody has in one of the systems that an environment can do without. */
export interface AccountAccess {
  readonly username: string;
  readonly oneTimePassword?: string;
  readonly url: string;
}

export interface PersonAccess {
  readonly database?: { readonly login: string; readonly password: string };
  readonly identity?: {
    readonly username: string;
    readonly oneTimePassword: string;
    readonly signIn: string;
  };
  readonly collaboration?: AccountAccess;
  readonly workspaces?: AccountAccess;
  readonly sourceControl?: AccountAccess;
  readonly crm?: { readonly url: string; readonly membership: string };
  readonly invitation?: { readonly sentAt?: string; readonly messageId?: string; readonly failure?: string };
}

/**
 * A copy of the project, as a user has it, with tenants and stacks of its own, on the tests' servers. The code is the
 * working tree's; only `node_modules` and the servers are shared.
 */
export class Project {
  readonly root: string;

  /**
   * @param name of the copy's folder
   * @param systems the optional servers that the copy's environment has, of those that `startTestServers` started; it
   *   does without the others
   */
  constructor(name: string, { systems = [] }: { readonly systems?: readonly string[] } = {}) {
    this.root = join(repository, ".tenantry", "projects", name);
    rmSync(this.root, { recursive: true, force: true });
    for (const file of projectFiles()) {
      if (existsSync(join(repository, file))) cpSync(join(repository, file), join(this.root, file));
    }
    rmSync(join(this.root, "tenants"), { recursive: true });
    cpSync(join(repository, "tenants", "plans"), join(this.root, "tenants", "plans"), { recursive: true });
    cpSync(join(repository, "tenants", "defaults.yaml"), join(this.root, "tenants", "defaults.yaml"));
    symlinkSync(join(repository, "node_modules"), join(this.root, "node_modules"));
    for (const file of ["environment.yaml", "credentials.json", "passphrase"]) {
      cpSync(join(testEnvironment, file), join(this.root, ".tenantry", "local", file));
    }
    this.#keepOnly(systems);
  }

  #keepOnly(systems: readonly string[]): void {
    const file = join(this.root, ".tenantry", "local", "environment.yaml");
    const environment = parseDocument(readFileSync(file, "utf8"));
    const without = optionalServers.filter(({ key }) => !systems.includes(key));
    for (const { key } of without) environment.set(key, "none");
    writeFileSync(file, environment.toString());
  }

  /** Takes over one of the repository's example tenants. */
  useExample(id: string): void {
    cpSync(join(repository, "tenants", `${id}.yaml`), join(this.root, "tenants", `${id}.yaml`));
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  /** Removes what an earlier run of the tests left of tenants on the servers. */
  async wipe(...ids: readonly string[]): Promise<void> {
    for (const id of ids) await wipe(id, this.superuser, this.keycloak);
  }

  /** PostgreSQL as its superuser: for what nobody else may break by hand. */
  get superuser(): PostgresProbe {
    const { host, port, user: login, password } = superuserOf(new Place(testEnvironment, postgresServer));
    return new PostgresProbe(host, port, { login, password });
  }

  get postgres(): PostgresProbe {
    const { PGHOST = "", PGPORT, PGUSER: login = "", PGPASSWORD: password = "" } = this.environment;
    return new PostgresProbe(PGHOST, Number(PGPORT), { login, password });
  }

  get keycloak(): KeycloakProbe {
    const { environment } = this;
    return new KeycloakProbe(
      new KeycloakAdmin(environment["KEYCLOAK_URL"] ?? "", keycloakCredentials(environment), {
        timeout: patience,
      }),
    );
  }

  /** Everything that a `pulumi` process of this project needs in its environment. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...engineEnvironment(this.root, "local") };
  }

  /** Runs `tenantry` to its end. */
  tenantry(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return run(join(repository, "node_modules", ".bin", "node"), [...command, ...args], this.root, {
      ...process.env,
      ...env,
    });
  }

  /** Runs `tenantry … --json` and gives what it printed. */
  async json<T>(args: readonly string[]): Promise<T> {
    const { stdout, stderr } = await this.tenantry([...args, "--json"]);
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Error(`tenantry ${args.join(" ")} printed no JSON:\n${stdout}\n${stderr}`);
    }
  }

  /** Runs `pulumi` as a person does in `tenantry shell`. */
  pulumi(args: readonly string[]): Promise<Finished> {
    return run("pulumi", [...args, "--non-interactive"], this.root, this.environment);
  }

  /** The pids of this project's engines: other clones may work on tenants of the same names. */
  engines(): number[] {
    const processes = execFileSync("ps", ["axeww", "-o", "pid=,args="], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    return processes
      .split("\n")
      .filter((line) => /^ *\d+ \S*pulumi (?:preview|up|destroy) /.test(line))
      .filter((line) => line.includes(`TENANTRY_ROOT=${this.root} `))
      .map((line) => Number.parseInt(line, 10));
  }

  /** Starts `tenantry` and leaves it running. What it prints goes into the file `run.log`. */
  start(args: readonly string[]): ChildProcess {
    const node = join(repository, "node_modules", ".bin", "node");
    const log = openSync(join(this.root, "run.log"), "w");
    return spawn(node, [...command, ...args], {
      cwd: this.root,
      stdio: ["ignore", log, log],
      env: process.env,
    });
  }
}

/** What a clone would hold after the next commit. */
function projectFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  return execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim().split("\n");
}

async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Finished> {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  return { exitCode: exitCode ?? -1, stdout, stderr };
}
