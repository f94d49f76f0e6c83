import { z } from "zod";
import { KeycloakAdmin } from "../../providers/keycloak/admin-client.ts";

const anything = z.record(z.string(), z.unknown());
const named = z.array(z.object({ id: z.string(), name: z.string() }));
const users = z.array(z.object({ id: z.string(), username: z.string() }));

/** Looks at and changes Keycloak as an administrator does by hand. */
export class KeycloakProbe {
  readonly #admin: KeycloakAdmin;

  constructor(admin: KeycloakAdmin) {
    this.#admin = admin;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.get(path)) !== undefined;
  }

  /** How many things a list has. */
  async count(path: string): Promise<number> {
    return (await this.#admin.get(path, z.array(z.unknown())))?.length ?? 0;
  }

  get(path: string): Promise<Record<string, unknown> | undefined> {
    return this.#admin.get(path, anything);
  }

  create(path: string, body: object): Promise<void> {
    return this.#admin.post(path, body);
  }

  remove(path: string): Promise<void> {
    return this.#admin.delete(path);
  }

  async change(path: string, settings: object): Promise<void> {
    await this.#admin.put(path, { ...(await this.get(path)), ...settings });
  }

  async deleteGroup(realm: string, name: string): Promise<void> {
    const group = (await this.#groups(`/realms/${realm}/groups`)).find((each) => each.name === name);
    await this.#admin.delete(`/realms/${realm}/groups/${group?.id ?? ""}`);
  }

  async groupsOf(realm: string, username: string): Promise<string[]> {
    const user = (await this.#users(realm)).find((each) => each.username === username);
    return (await this.#groups(`/realms/${realm}/users/${user?.id ?? ""}/groups`))
      .map(({ name }) => name)
      .sort();
  }

  async userNames(realm: string): Promise<string[]> {
    return (await this.#users(realm)).map(({ username }) => username).sort();
  }

  /** The ids of the accounts of this name: one, or none. */
  async find(realm: string, username: string): Promise<string[]> {
    return (await this.#users(realm)).filter((user) => user.username === username).map(({ id }) => id);
  }

  async #users(realm: string): Promise<z.output<typeof users>> {
    return (await this.#admin.get(`/realms/${realm}/users?max=100`, users)) ?? [];
  }

  async #groups(path: string): Promise<z.output<typeof named>> {
    return (await this.#admin.get(path, named)) ?? [];
  }
}
