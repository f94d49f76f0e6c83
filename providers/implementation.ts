import type { z } from "zod";

/** One thing wrong with one input, found before anything is changed. */
export interface InputProblem {
  readonly property: string;
  readonly reason: string;
}

/**
 * What a kind of resource does, in the provider's process. `Outputs` holds every input too, as it really is: the next
 * diff compares new inputs with them. Every method but `check` may throw a `Failure`.
 */
export interface Implementation<Inputs extends object, Outputs extends Inputs> {
  /** Every input, with defaults. Transformations must be idempotent: their result is what the state holds. */
  readonly inputs: z.ZodObject & z.ZodType<Inputs>;
  /** What the state holds. States that earlier versions wrote must still be readable. */
  readonly outputs: z.ZodType<Outputs>;
  /** Inputs whose change makes a new resource; the old one is deleted first. */
  readonly replaceOn: readonly (keyof Inputs & string)[];
  /** Rules that compare with the inputs of the last run. No network: the engine checks one resource at a time. */
  check?(olds: Readonly<Record<string, unknown>>, news: Inputs): readonly InputProblem[];
  /**
   * Whether new inputs are a change. Default: when one of them differs. A state that is not finished may be a change by
   * itself; what is none still takes effect in the next `update`. No network.
   */
  differs?(olds: Outputs, news: Inputs): boolean;
  /** Makes it. A retry after a lost answer finishes what the first try began. */
  create(inputs: Inputs): Promise<{ readonly id: string; readonly outputs: Outputs }>;
  /** What is really there, in the words of the inputs; `undefined` when it is gone. */
  read(id: string, outputs: Outputs): Promise<Outputs | undefined>;
  /** Brings what is there, changed by hand or not, to the new inputs. */
  update(id: string, olds: Outputs, news: Inputs): Promise<Outputs>;
  /** Removes it. Gone already is success. */
  delete(id: string, outputs: Outputs): Promise<void>;
}
