/** What Terraform Cloud refuses: an HTTP status and a JSON:API error (https://jsonapi.org/format/#errors). */
export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  /** The attribute at fault. */
  readonly attribute: string | undefined;

  constructor(status: number, title: string, detail = "", attribute?: string) {
    super(detail);
    this.status = status;
    this.title = title;
    this.attribute = attribute;
  }

  /** The error as JSON:API has it. */
  get body(): unknown {
    const pointer = this.attribute && `/data/attributes/${this.attribute}`;
    const error = {
      status: String(this.status),
      title: this.title,
      ...(this.message && { detail: this.message }),
      ...(pointer && { source: { pointer } }),
    };
    return { errors: [error] };
  }
}

/** Also what somebody without the right to see a thing is told. */
export const notFound = (): Refusal => new Refusal(404, "not found");

/** An attribute that can't be so: `Name has already been taken`. */
export function invalid(attribute: string, problem: string): Refusal {
  const name = attribute.charAt(0).toUpperCase() + attribute.slice(1).replaceAll("-", " ");
  return new Refusal(422, "invalid attribute", `${name} ${problem}`, attribute);
}

/** What this stand-in was not taught; the real Terraform Cloud may know it. */
export function notTaught(what: string): Refusal {
  return new Refusal(501, "not implemented", `this stand-in for Terraform Cloud was not taught ${what}`);
}
