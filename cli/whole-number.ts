import { InvalidArgumentError } from "commander";

/** Parses an option that takes a whole number, `least` or more. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && text.trim() !== "") return number;
    throw new InvalidArgumentError(`It takes a whole number, ${least} or more.`);
  };
}
