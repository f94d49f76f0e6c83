/** An organization to be discovered, and what is true of it. Detection never sees the truth. */
export interface Organization {
  readonly repositories: readonly MadeRepository[];
  readonly workspaces: readonly MadeWorkspace[];
  /** The repository of each business unit, by its id. */
  readonly truth: ReadonlyMap<string, string>;
}

export interface MadeRepository {
  readonly name: string;
  readonly description?: string;
  readonly topics?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly is?: "archived" | "fork" | "template" | "empty";
}

export interface MadeWorkspace {
  readonly name: string;
  readonly tags?: readonly string[];
  /** The repository that it is linked to, without its organization. */
  readonly repository?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  /** Outputs that nobody may read. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const unitNames =
  `accounting actuarial advisory aviation brokerage cards claims commodities compliance consumer
  corporate-banking customer-care energy-trading facilities finance fleet fraud fulfilment grocery hospitality
  human-resources insurance investments legal lending logistics marketing media merchandising mobility
  mortgages motor-eu payments pensions procurement property public-sector real-estate returns risk
  sales sourcing sustainability tax telecoms trading travel treasury underwriting wealth`.split(/\s+/);

const productNames =
  `alerting billing-ui blog booking checkout chatbot cli-kit data-lake design-system docs-site
  event-bus feature-flags gateway handbook ingest invoice-parser job-runner kiosk ledger-sdk mailer
  mobile-app notebooks onboarding-app pdf-export pricing-engine proxy queue-worker reporting scheduler
  search-index session-store shop-frontend status-page storefront style-guide sync-agent tagging translations
  uploader vault-plugin webhooks-relay`.split(/\s+/);

/** A unit's repository and workspaces, by one way to be told from others. */
type Recipe = (
  id: string,
  owner: string,
) => { readonly repository: MadeRepository; readonly workspaces?: readonly MadeWorkspace[] };

const terraform = { "main.tf": "terraform {}\n", "environments/prod/main.tfvars": "size = 3\n" };
const entity = (kind: string, name: string, rest: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${rest}`;
const domainEntity = (id: string): string =>
  entity(
    "Domain",
    id,
    `  title: The ${id} unit\nspec:\n  type: business-unit\n  owner: group:default/${id}-ops\n`,
  );
const group = (id: string): string =>
  entity(
    "Group",
    `${id}-ops`,
    `spec:\n  type: team\n  profile:\n    displayName: Operations of ${id}\n    email: ops@${id}.example\n`,
  );

/** Each kind of evidence leads, and each is beside another one. */
export const recipes: Readonly<Record<string, Recipe>> = {
  "the name alone": (id) => ({ repository: { name: `bu-${id}-infrastructure` } }),
  "the name, and all the rest": (id) => ({
    repository: {
      name: `bu-${id}-infrastructure`,
      description: `Infrastructure of ${id}: everything # of it`,
      topics: ["business-unit", id],
      files: { ...terraform, "catalog-info.yaml": `${domainEntity(id)}---\n${group(id)}` },
    },
    workspaces: ["dev", "prod"].map((stage) => ({
      name: `${id}-${stage}`,
      tags: [`tenant:${id}`, stage],
      repository: `bu-${id}-infrastructure`,
      outputs: { business_unit: id, region: "europe-west4", domain: `${id}.example` },
      secrets: { tenant: "s3cret-of-the-state" },
    })),
  }),
  "topics and a tag": (id) => ({
    repository: { name: `${id}-platform`, topics: ["business-unit", id, "platform"] },
    workspaces: [{ name: `${id}-live`, tags: [`business-unit:${id}`], repository: `${id}-platform` }],
  }),
  "a Domain": (id) => ({
    repository: { name: `${id}-cloud`, files: { "catalog-info.yaml": domainEntity(id) } },
  }),
  "a Component and topics": (id) => ({
    repository: {
      name: `infra-${id}`,
      topics: [`bu-${id}`],
      files: {
        "catalog-info.yml": entity(
          "Component",
          `infra-${id}`,
          `  labels:\n    example.com/business-unit: ${id}\nspec:\n  type: infrastructure\n  owner: ${id}-ops\n`,
        ),
      },
    },
  }),
  "a tag and an output": (id) => ({
    repository: { name: `${id}-landing` },
    workspaces: [
      { name: `${id}-landing-prod`, tags: [`tenant:${id}`], outputs: { tenant_id: id.replaceAll("-", "_") } },
    ],
  }),
  "an output and topics": (id) => ({
    repository: { name: `${id}-base`, topics: ["business-unit", id] },
    workspaces: [{ name: `ws-${id}`, repository: `${id}-base`, outputs: { business_unit: id } }],
  }),
  "files, a tag and a topic": (id) => ({
    repository: { name: `tf-${id}`, topics: ["business-unit"], files: terraform },
    workspaces: [{ name: `tf-${id}-eu`, tags: [`bu:${id}`], repository: `tf-${id}` }],
  }),
  "the name in capitals": (id) => ({
    repository: { name: `BU-${id}-Infrastructure`, files: { "terraform/main.tf": "" } },
  }),
};

/** What is no unit's infrastructure, although something about it looks so. `x` is no unit, `unit` is one. */
const traps: readonly ((
  x: string,
  unit: string,
) => { readonly repository: MadeRepository; readonly workspaces?: readonly MadeWorkspace[] })[] = [
  (x) => ({ repository: { name: `bu-${x}-infrastructure`, is: "archived", topics: ["business-unit", x] } }),
  (x) => ({ repository: { name: `bu-${x}-infrastructure`, is: "fork" } }),
  (x) => ({ repository: { name: `bu-${x}-infrastructure`, is: "template", files: terraform } }),
  (x) => ({
    repository: {
      name: `bu-${x}-infrastructure`,
      files: {
        "catalog-info.yaml":
          "apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: new-unit }\n",
      },
    },
  }),
  (x) => ({ repository: { name: `bu-${x}-infrastructure`, files: { "${{ values.name }}/main.tf": "" } } }),
  (x) => ({ repository: { name: `bu-${x}-infrastructure-archive`, files: terraform } }),
  (x) => ({ repository: { name: `bu-${x}-infrastructure-modules`, files: terraform } }),
  (x) => ({
    repository: { name: `bu-${x}-infrastructure-old`, files: { "catalog-info.yaml": domainEntity(x) } },
  }),
  (_x, unit) => ({
    repository: {
      name: `bu-${unit}-infrastructure-backup`,
      files: { "catalog-info.yaml": domainEntity(unit) },
    },
  }),
  (x) => ({ repository: { name: `abu-${x}-infrastructure`, files: terraform } }),
  () => ({ repository: { name: "debug-infrastructure", files: terraform } }),
  () => ({ repository: { name: "bu-tools", topics: ["bu-tools"], files: terraform } }),
  () => ({ repository: { name: "bu-infrastructure", files: terraform } }),
  () => ({ repository: { name: "bu-shared-infrastructure", files: terraform } }),
  (x) => ({ repository: { name: `bu-${x}-infra` } }),
  (x) => ({ repository: { name: "unit-handbook", topics: ["business-unit", "docs", x] } }),
  // An application of a unit says whose it is in every way that is a hint.
  (_x, unit) => ({
    repository: {
      name: `${unit}-portal`,
      topics: ["business-unit", unit, `bu-${unit}`],
      files: {
        ...terraform,
        "catalog-info.yaml": entity(
          "Component",
          `${unit}-portal`,
          `  labels: { business-unit: ${unit} }\nspec: { type: service }\n`,
        ),
      },
    },
  }),
  // An application of what has nothing else: all hints there are.
  (x) => ({
    repository: {
      name: `${x}-intranet`,
      topics: ["business-unit", x],
      files: {
        ...terraform,
        "catalog-info.yaml": entity(
          "System",
          x,
          `  annotations: { example.com/tenant: ${x} }\nspec: { owner: ${x} }\n`,
        ),
      },
    },
  }),
  (x, unit) => ({
    repository: {
      name: "software-catalog",
      files: { "catalog-info.yaml": [domainEntity(unit), domainEntity(x)].join("---\n") },
    },
  }),
  (x, unit) => ({
    repository: { name: "landing-zones", files: terraform },
    workspaces: [unit, x].map((id) => ({
      name: `zone-${id}`,
      tags: [`tenant:${id}`],
      repository: "landing-zones",
      outputs: id === x ? { business_unit: id } : { region: "europe-west1" },
    })),
  }),
  () => ({
    repository: { name: "network-hub", files: terraform, topics: ["business-unit"] },
    workspaces: [
      {
        name: "hub",
        tags: ["tenant:shared"],
        repository: "network-hub",
        outputs: { business_unit: "shared" },
      },
    ],
  }),
  (x) => ({
    repository: {
      name: "terraform-aws-network",
      files: { "main.tf": "", "modules/a/main.tf": "" },
      topics: ["terraform"],
    },
    workspaces: [{ name: "module-tests", repository: "terraform-aws-network", outputs: { tenant: x } }],
  }),
  () => ({
    repository: { name: "half-written", files: { "catalog-info.yaml": "kind: Domain\n  metadata: [" } },
  }),
  () => ({ repository: { name: "nothing-yet", is: "empty" } }),
];

/** An organization of 60 repositories, 20 of them business units'; which, and by what, `seed` decides. */
export function organizationOf(seed: number): Organization {
  const random = randomOf(seed);
  const names = shuffled(unitNames, random);
  // One that the project's examples have as a tenant, too.
  const units = ["retail", ...names.slice(0, 19)];
  const others = names.slice(19);
  const ways = Object.values(recipes);
  const made = units.map((id, index) => ({ id, ...(ways[index % ways.length] ?? never)(id, id) }));
  // The application of a unit competes with a repository that is surely the unit's.
  const sure = made.filter(({ repository }) => /^bu-/i.test(repository.name));
  const trapped = traps.map((trap, index) => trap(others[index] ?? "", pick(sure, random).id));
  const products = shuffled(productNames, random)
    .slice(0, 60 - made.length - trapped.length)
    .map((name) => ({
      repository: { name, topics: ["typescript"], files: { "package.json": "{}\n" } },
      workspaces: [],
    }));
  const all = [...made, ...trapped, ...products];
  return {
    repositories: shuffled(
      all.map(({ repository }) => repository),
      random,
    ),
    workspaces: shuffled(
      all.flatMap(({ workspaces = [] }) => workspaces),
      random,
    ),
    truth: new Map(made.map(({ id, repository }) => [id, repository.name])),
  };
}

const never: Recipe = () => {
  throw new Error("there are recipes");
};

function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
