import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { Failure } from "../../report/failure.ts";
import { createOnce } from "../http/create-once.ts";
import type { Implementation } from "../implementation.ts";
import { removedByHand } from "../removed-by-hand.ts";
import { twentyClient, type Environment } from "./client.ts";
import { equals } from "./filter.ts";
import { isOurs, newRecordId } from "./record-id.ts";
import { Records, type AnyRecord, type Names } from "./records.ts";

/** What a program declares of every record. */
interface Declared {
  readonly tenant: string;
  readonly adopt: boolean;
}

/** A kind of record: what is declared, in Twenty's words and back. */
export interface RecordKind<Inputs extends Declared, Found extends AnyRecord> {
  readonly names: Names;
  /** The word for one of them, which also begins the codes of its failures: `person`. */
  readonly noun: string;
  readonly inputs: z.ZodObject & z.ZodType<Inputs>;
  /** The inputs as they may really be, after people changed them: any text. */
  readonly outputs: z.ZodType<Inputs>;
  readonly shape: z.ZodType<Found>;
  /** What tells it from others, for people: its address. */
  readonly called: (inputs: Inputs) => string;
  /** The condition that lists all that may be it, and some more. */
  readonly condition: (inputs: Inputs) => string;
  /** Whether a record that meets the condition stands in the way of a new one. */
  readonly clashes: (inputs: Inputs, found: Found) => boolean;
  /** What is written. What isn't declared is left to people, so it is left out. */
  readonly body: (inputs: Inputs, found?: Found) => object;
  /** The record in the words of the inputs. What isn't declared is left out. */
  readonly asFound: (state: Inputs, found: Found) => Inputs;
  /** What the reader writes into the tenant's file to have it taken over: "adopt: true on the person". */
  readonly toAdopt: string;
}

/** Makes the implementation of a kind of record. The state holds the inputs and nothing else. */
export function implementRecord<Inputs extends Declared, Found extends AnyRecord>(
  kind: RecordKind<Inputs, Found>,
  environment: Environment,
): Implementation<Inputs, Inputs> {
  const records = (): Records<Found> => new Records(twentyClient(environment), kind.names, kind.shape);

  /** What a new record would meet: ours rather than others', one that is there rather than a deleted one. */
  const inTheWay = async (inputs: Inputs): Promise<Found | undefined> => {
    const ours = (found: Found): boolean => isOurs(found.id, inputs.tenant);
    const all = (await records().all(kind.condition(inputs))).filter((found) => kind.clashes(inputs, found));
    const found = all.find(ours) ?? all[0];
    if (found === undefined || ours(found) || inputs.adopt) return found;
    throw notOurs(kind, inputs, found);
  };

  /** Brings a record that is there to the inputs. */
  const settle = async (found: Found, inputs: Inputs): Promise<Found> => {
    if (found.deletedAt) await records().restore(found.id);
    if (isDeepStrictEqual(kind.asFound(inputs, found), inputs)) return found;
    return records().update(found.id, kind.body(inputs, found));
  };

  return {
    inputs: kind.inputs,
    outputs: kind.outputs,
    replaceOn: ["tenant"],

    async create(news) {
      const id = newRecordId(news.tenant);
      const { thing, isNew } = await createOnce({
        find: () => inTheWay(news),
        make: () => records().create({ id, ...kind.body(news) }),
      });
      const record = isNew ? thing : await settle(thing, news);
      return { id: record.id, outputs: kind.asFound(news, record) };
    },

    async read(id, state) {
      const [found] = await records().live(equals("id", id));
      return found && kind.asFound(state, found);
    },

    async update(id, _olds, news) {
      const [found] = await records().all(equals("id", id));
      if (found === undefined) throw removedByHand("Twenty", kind.noun, kind.called(news));
      return kind.asFound(news, await settle(found, news));
    },

    delete: (id) => records().remove(id),
  };
}

function notOurs<Inputs extends Declared, Found extends AnyRecord>(
  { noun, names, called, toAdopt }: RecordKind<Inputs, Found>,
  inputs: Inputs,
  found: Found,
): Failure {
  const where = found.deletedAt ? ` among its deleted ${names.many}` : "";
  return new Failure(
    `${noun}-not-ours`,
    `Twenty has a ${noun} ${called(inputs)}${where} that this tenant did not make`,
    {
      system: "Twenty",
      fix: `write ${toAdopt} of the tenant's file to take it over, or name another, or remove it in Twenty for good`,
    },
  );
}
