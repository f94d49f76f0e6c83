import { z } from "zod";

const people = z.object({
  data: z.object({
    people: z.array(z.object({ id: z.string(), emails: z.object({ primaryEmail: z.string() }) })),
  }),
});

/** Looks at and changes the people in Twenty by hand. */
export class TwentyProbe {
  /** The addresses in a domain that people have. */
  async emails(domain: string): Promise<string[]> {
    const found = await this.#people(`emails.primaryEmail[ilike]:"%@${domain}"`);
    return found.map(({ emails }) => emails.primaryEmail).sort();
  }

  async rename(email: string, lastName: string): Promise<void> {
    const [person] = await this.#people(`emails.primaryEmail[eq]:"${email}"`);
    if (person === undefined) throw new Error(`Twenty has nobody with the address ${email}`);
    await this.#call("PATCH", `/people/${person.id}`, { name: { firstName: "Chloé", lastName } });
  }

  async #people(filter: string): Promise<z.output<typeof people>["data"]["people"]> {
    const answer = await this.#call("GET", `/people?depth=0&limit=60&filter=${encodeURIComponent(filter)}`);
    return people.parse(await answer.json()).data.people;
  }

  async #call(method: string, path: string, body?: object): Promise<Response> {
    const { TWENTY_API_URL: url = "", TWENTY_API_KEY: key = "" } = process.env;
    const answer = await fetch(`${url}/rest${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
