import type { Progress } from "../report/progress.ts";
import { readerOfGithub, readerOfTerraformCloud } from "./readers.ts";
import { type Drafted, draftUnits } from "./draft-units.ts";
import type { Unread } from "./facts.ts";
import { type Finds, findUnits } from "./find-units.ts";
import { readGithub } from "./read-github.ts";
import { readTerraformCloud } from "./read-terraform-cloud.ts";
import { writeDraft } from "./write-draft.ts";

interface Discovery {
  /** The organization on GitHub. */
  readonly github: string;
  /** The organization on Terraform Cloud; undefined: none is asked. */
  readonly terraformCloud: string | undefined;
  /** Has the addresses and tokens. */
  readonly environment: NodeJS.ProcessEnv;
  /** The project's folder. */
  readonly root: string;
  /** The folder that drafts go to. */
  readonly out: string;
  readonly threshold: number;
  readonly progress: Progress;
}

/** What became of a unit: `exists`: there is a file already, which was left as it is. */
export type Outcome =
  Exclude<Drafted, { state: "new" }> | (Extract<Drafted, { state: "new" }> & { readonly written: boolean });

export interface DiscoveryReport extends Pick<Finds, "possible" | "passedOver"> {
  readonly threshold: number;
  readonly repositories: number;
  readonly workspaces: number;
  readonly units: readonly Outcome[];
  readonly unread: readonly Unread[];
}

/**
 * Reads what exists, finds the business units in it, and writes a draft for each that is no tenant yet and has no file there. Nothing
 * is written before everything was read.
 *
 * Throws a {@link Failure}: `credentials-missing`, `organization-missing`, `not-writable`, and those of `ApiClient`.
 */
export async function discoverUnits(discovery: Discovery): Promise<DiscoveryReport> {
  const { github, terraformCloud, environment, threshold, progress } = discovery;
  const githubReader = readerOfGithub(environment);
  const tfe = terraformCloud === undefined ? undefined : readerOfTerraformCloud(environment, terraformCloud);
  const code = await progress.step(`Repositories of ${github}`, (say) =>
    readGithub(githubReader, github, (read, all) => say(`${read} of ${all}`)),
  );
  const delivery =
    tfe === undefined || terraformCloud === undefined
      ? { workspaces: [], unread: [] }
      : await progress.step(`Workspaces of ${terraformCloud}`, (say) =>
          readTerraformCloud(tfe, terraformCloud, (read, all) => say(`${read} of ${all}`)),
        );
  const facts = { repositories: code.repositories, workspaces: delivery.workspaces };
  const { units, possible, passedOver } = findUnits(facts, threshold);
  const drafted = await draftUnits(units, discovery);
  return {
    threshold,
    repositories: facts.repositories.length,
    workspaces: facts.workspaces.length,
    units: drafted.map((each) =>
      each.state === "new" ? { ...each, written: writeDraft(each.path, each.text) } : each,
    ),
    possible,
    passedOver,
    unread: [...code.unread, ...delivery.unread],
  };
}
