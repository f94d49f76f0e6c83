import type { Cost } from "./measure.ts";

/** A way to keep a fleet of tenants. */
export interface Contender {
  readonly name: string;
  /** What its tenants' ids begin with. */
  readonly prefix: string;
  /** What there is to be done once on a machine. */
  prepare(say: (detail: string) => void): Promise<void>;
  /** Makes these tenants the fleet: on paper only. */
  write(ids: readonly string[]): void;
  /** Makes the systems so. */
  up(): Promise<Cost>;
  /** Looks whether anything differs in the systems. Throws when something does: nobody changed anything. */
  drift(): Promise<Cost>;
  /** How many resources it keeps for the fleet's only tenant. */
  resources(id: string): number;
  /** Forgets everything that it knows of the fleet. */
  forget(): Promise<void>;
}
