import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { Tenant, type AccessDetails } from "../../../components/tenant.ts";

const parents = new Map<string, string | undefined>();

await pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs, id }) => {
    const secrets = { password: `password of ${name}`, clientSecret: `secret of ${name}` };
    return {
      id: id ?? `id of ${name}`,
      state: { ...(/:(?:Login|Password|Client)$/.test(type) && secrets), ...(inputs as object) },
    };
  },
  call: () => ({}),
});

const ada = {
  username: "ada",
  role: "tenant_admin",
  email: "ada@x.example",
  firstName: "Ada",
  lastName: "A",
} as const;
const bob = { ...ada, username: "bob", email: "bob@x.example" } as const;

function declare(): Tenant {
  const transformation: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    const parent = opts.parent as { __name?: string; __pulumiType?: string } | undefined;
    parents.set(`${type} ${name}`, parent?.__pulumiType);
    return undefined;
  };
  return new Tenant(
    "acme",
    {
      database: { host: "db.example", port: 5432, people: [ada] },
      identity: {
        url: "https://sso.example",
        people: [ada, bob],
        portal: { redirectUris: ["https://p.example/cb"] },
      },
    },
    { transformations: [transformation] },
  );
}

/** Access details as they are, secrets marked. */
async function resolved(details: AccessDetails): Promise<unknown> {
  const entries = Object.entries(details).map(async ([key, value]) => {
    if (!pulumi.Output.isInstance(value)) {
      return [key, typeof value === "object" ? await resolved(value as AccessDetails) : value];
    }
    const output: pulumi.Output<unknown> = value;
    const plain = await new Promise((resolve) => output.apply(resolve));
    return [key, (await pulumi.isSecret(output)) ? { secret: plain } : plain];
  });
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}

test("the systems are its children", () => {
  declare();
  expect(parents.get("tenantry:index:Database acme")).toBe("tenantry:index:Tenant");
  expect(parents.get("tenantry:index:Identity acme")).toBe("tenantry:index:Tenant");
});

test("access details say who gets in where; only passwords and client secrets are secret", async () => {
  const tenant = declare();
  expect(await resolved(tenant.systems)).toEqual({
    database: { host: "db.example", port: 5432, database: "acme" },
    identity: {
      issuer: "https://sso.example/realms/acme",
      accountConsole: "https://sso.example/realms/acme/account",
      clients: { portal: { clientId: "portal", clientSecret: { secret: "secret of acme-client-portal" } } },
    },
  });
  expect(await resolved(tenant.people)).toEqual({
    ada: {
      database: { login: "acme_ada", password: { secret: "password of acme-login-ada" } },
      identity: {
        username: "ada",
        oneTimePassword: { secret: "password of acme-user-ada-password" },
        signIn: "https://sso.example/realms/acme/account",
      },
    },
    bob: {
      identity: {
        username: "bob",
        oneTimePassword: { secret: "password of acme-user-bob-password" },
        signIn: "https://sso.example/realms/acme/account",
      },
    },
  });
});
