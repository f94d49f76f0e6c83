import type { Input } from "@pulumi/pulumi";

/** A group of people of a tenant. */
export interface TeamOfPeople {
  /** The name it has in systems. */
  readonly id: string;
  /** The display name. Default: the id. */
  readonly name?: Input<string> | undefined;
}
