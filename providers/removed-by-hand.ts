import { Failure } from "../report/failure.ts";

/** A {@link Failure} `<thing>-missing`: what is to be changed was there when the state was last read. */
export function removedByHand(system: string, thing: string, name: string): Failure {
  return new Failure(`${thing}-missing`, `the ${thing} ${name} was removed by hand`, {
    system,
    fix: "run it with --refresh to have it made again",
  });
}
