import { randomUUID } from "node:crypto";
import { isUuid } from "./fields.ts";
import type { Kind } from "./kinds.ts";
import { Refusal } from "./refusal.ts";
import type { Row, Workspace } from "./workspace.ts";

type Values = Readonly<Record<string, unknown>>;

/** The name of the one API key. */
const keyName = "tenantry";

/** What Twenty does with the records of one kind, whichever API asked for it. */
export class RecordStore {
  readonly #workspace: Workspace;
  readonly kind: Kind;

  constructor(workspace: Workspace, kind: Kind) {
    this.#workspace = workspace;
    this.kind = kind;
  }

  get all(): readonly Row[] {
    return this.#workspace.rows(this.kind.table);
  }

  /** The record, unless it is deleted. */
  get(id: string): Row {
    const row = this.all.find((each) => each.id === checked(id));
    if (row?.deletedAt !== null) throw new Refusal(404, "Record not found");
    return row;
  }

  create(values: Values): Row {
    const given = this.#accepted(values);
    const id = typeof given["id"] === "string" ? given["id"].toLowerCase() : randomUUID();
    if (this.all.some((row) => row.id === id)) throw new Refusal(400, "Record already exists");
    const now = new Date().toISOString();
    const source = { source: "API", ...(given["createdBy"] as object | undefined) };
    return this.#put({
      ...this.#empty(),
      position: Math.min(1, ...this.all.map((row) => Number(row["position"]))) - 1,
      ...given,
      id,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
      createdBy: { ...source, name: keyName, workspaceMemberId: null, context: {} },
    });
  }

  /** Writes the fields that are given; of a field with parts, the parts. */
  update(id: string, values: Values): Row {
    const row = this.get(id);
    const whole = Object.entries(values).map(([name, value]): [string, unknown] => [
      name,
      merged(row[name], value),
    ]);
    const { id: own, createdBy } = row;
    const given = this.#accepted(Object.fromEntries(whole));
    return this.#put({ ...row, ...given, id: own, createdBy, updatedAt: new Date().toISOString() });
  }

  /** Moves the record to the deleted ones: it keeps its unique value. */
  delete(id: string): Row {
    return this.#put({ ...this.get(id), deletedAt: new Date().toISOString() });
  }

  restore(id: string): Row {
    return this.#put({ ...this.#deletedOrNot(id), deletedAt: null });
  }

  /** Removes the record for good; what named it names nothing. */
  destroy(id: string): Row {
    const row = this.#deletedOrNot(id);
    this.#workspace.drop(this.kind.table, row.id);
    for (const person of this.#workspace.rows("people")) {
      if (person["companyId"] === row.id) this.#workspace.put("people", { ...person, companyId: null });
    }
    return row;
  }

  #deletedOrNot(id: string): Row {
    const row = this.all.find((each) => each.id === checked(id));
    if (row === undefined) throw new Refusal(404, "Record not found");
    return row;
  }

  #put(row: Row): Row {
    const [field, part] = this.kind.unique;
    const value = partOf(row[field], part);
    if (this.all.some((each) => each.id !== row.id && value !== "" && partOf(each[field], part) === value)) {
      throw new Refusal(400, "A duplicate entry was detected");
    }
    const company = row["companyId"];
    if (
      company !== undefined &&
      company !== null &&
      !this.#workspace.rows("companies").some(({ id }) => id === company)
    ) {
      throw new Refusal(400, `insert or update on table "${this.kind.one}" violates foreign key constraint`);
    }
    this.#workspace.put(this.kind.table, row);
    return row;
  }

  #accepted(values: Values): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const field = this.kind.fields[name];
        if (field === undefined)
          throw new Refusal(400, `Object ${this.kind.one} doesn't have any "${name}" field.`);
        return [name, field(value, name)];
      }),
    );
  }

  /** Every field as it is when nobody wrote it. */
  #empty(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.kind.fields).map(([name, field]) => [name, field(null, name)]),
    );
  }
}

function checked(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw new Refusal(400, `'${id}' is not a valid UUID`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function merged(old: unknown, value: unknown): unknown {
  return isObject(old) && isObject(value) ? { ...old, ...value } : value;
}

function partOf(value: unknown, part: string): unknown {
  return (isObject(value) ? value[part] : undefined) ?? "";
}
