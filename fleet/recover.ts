import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportState, type ExportedState, type PendingCreate } from "./export-state.ts";
import { pulumi, type PulumiContext } from "./pulumi.ts";

/** Looks on the server for what a pending create made, and gives the id that the state keeps for it. */
export type IdFinder = (pending: PendingCreate) => Promise<string | undefined>;

interface Recovery extends PulumiContext {
  readonly stack: string;
  readonly findId: IdFinder;
  readonly onNote: (note: string) => void;
}

/**
 * Settles what a killed run was doing. What it was creating and exists on the server is taken into the state, the rest is
 * forgotten and will be created by the run that follows. What it was changing or deleting is looked at, because nobody
 * knows how far that got. Gives the forgotten ones: a server may still be busy with one of them.
 *
 * The engine's own `refresh --import-pending-creates` takes nothing in (3.258: it renames the pending operation to
 * "importing", and the refresh then drops it), so the state is written by `stack import`, and a refresh of just these
 * resources fills in what the server has. Dynamic resources of ours need no taking in: their `create` recognises what
 * an earlier try made.
 */
export async function settlePending(recovery: Recovery): Promise<readonly PendingCreate[]> {
  const { pending_operations: pending } = (await exportState(recovery)).deployment;
  if (pending.length === 0) return [];
  recovery.onNote(
    `a former run was killed while it worked on ${pending.length} resource(s): looking what became of them`,
  );
  const creates = pending.filter(({ type }) => type === "creating");
  const others = pending.filter(({ type }) => type !== "creating");
  return takeIn(
    creates.map((operation) => operation.resource),
    recovery,
    others.map((operation) => operation.resource.urn),
  );
}

/**
 * Takes what exists on the servers by now, and isn't known yet, into the state, and looks at `doubtful` ones that are known.
 * Gives those that still don't exist.
 */
export async function takeIn(
  creates: readonly PendingCreate[],
  recovery: Recovery,
  doubtful: readonly string[] = [],
): Promise<readonly PendingCreate[]> {
  const located: PendingCreate[] = [];
  for (const each of creates) {
    const id = await recovery.findId(each);
    // What it depends on is in the state already: a create starts after those it needs.
    if (id !== undefined) located.push({ ...each, id, outputs: each.inputs });
  }
  const state = await exportState(recovery);
  const known = new Set(state.deployment.resources.map(({ urn }) => urn));
  const found = located.filter(({ urn }) => !known.has(urn));
  const resources = [...state.deployment.resources, ...found];
  await importState(
    { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } },
    recovery,
  );
  const unseen = [...found.map(({ urn }) => urn), ...doubtful.filter((urn) => known.has(urn))];
  if (unseen.length > 0) {
    const targets = [...new Set(unseen)].flatMap((urn) => ["--target", urn]);
    await pulumi(["refresh", "--stack", recovery.stack, "--yes", "--skip-preview", ...targets], recovery);
  }
  found.forEach(({ urn }) => known.add(urn));
  return creates.filter(({ urn }) => !known.has(urn));
}

/** Secrets in an exported state are encrypted, and the file is ours alone and gone in a moment. */
async function importState(state: ExportedState, recovery: Recovery): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tenantry-"));
  try {
    const file = join(folder, "state.json");
    await writeFile(file, JSON.stringify(state), { mode: 0o600 });
    await pulumi(["stack", "import", "--stack", recovery.stack, "--file", file], recovery);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
