import { Failure } from "../../report/failure.ts";
import { system } from "./api.ts";

/** A {@link Failure} `<thing>-missing`: it was there when the state was last read. */
export function gone(thing: string, name: string): Failure {
  return new Failure(`${thing}-missing`, `the ${thing} ${name} was removed by hand`, {
    system,
    fix: "run it with --refresh to have it made again",
  });
}
