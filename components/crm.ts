import * as pulumi from "@pulumi/pulumi";
import { Company } from "../providers/twenty/company.ts";
import { Person as Contact } from "../providers/twenty/person.ts";
import { WorkspaceMember } from "../providers/twenty/workspace-member.ts";
import { admits, type Admission } from "./admission.ts";
import { byUsername, type Person, type ResourcesByPerson } from "./person.ts";

export interface CrmArgs extends Admission {
  /** Twenty's address as people know it. */
  readonly url: pulumi.Input<string>;
  /** The tenant's id. Default: the component's name. */
  readonly tenant?: string;
  /** The company's name. Default: the tenant's id. */
  readonly company?: pulumi.Input<string>;
  /** The company's internet domain. Default: none. */
  readonly domain?: pulumi.Input<string> | undefined;
  /** Take over a company of this domain or name that Tenantry did not make. Default: false. */
  readonly adopt?: boolean;
  readonly people?: readonly Person[];
}

/** Somebody in the CRM. */
export interface CrmAccess {
  /** The person's record. */
  readonly url: pulumi.Output<string>;
  /** How far they are on the way into the workspace: an invitation there takes one of its members. */
  readonly membership: pulumi.Output<"absent" | "invited" | "member">;
}

/** The type that state, policies and transforms know the component by. */
const type = "tenantry:index:Crm";

/**
 * A tenant in Twenty: a company, its people as contacts, and an end to the workspace access of whoever leaves. Nothing
 * is lost: what is deleted lies in Twenty's bin.
 */
export class Crm extends pulumi.ComponentResource {
  /** The company's record. */
  readonly url: pulumi.Output<string>;
  readonly people: Readonly<Record<string, CrmAccess>>;
  readonly resources: ResourcesByPerson;

  readonly #name: string;
  readonly #tenant: string;

  constructor(name: string, args: CrmArgs, opts?: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    this.#name = name;
    this.#tenant = args.tenant ?? name;
    const company = this.#createCompany(args);
    this.url = pulumi.interpolate`${args.url}/object/company/${company.id}`;
    const contacts = (args.people ?? []).map((person) => this.#createContact(person, company, args));
    this.people = byUsername(contacts, ({ contact, membership }) => ({
      url: pulumi.interpolate`${args.url}/object/person/${contact.id}`,
      membership: membership.status,
    }));
    this.resources = byUsername(contacts, ({ contact, membership }) => [contact, membership]);
    this.registerOutputs({ url: this.url, people: this.people });
  }

  #createCompany({ company = this.#tenant, domain, adopt = false }: CrmArgs): Company {
    const args = { tenant: this.#tenant, name: company, domain, adopt };
    return new Company(`${this.#name}-company`, args, { parent: this });
  }

  #createContact(
    person: Person,
    company: Company,
    admission: Admission,
  ): { readonly person: Person; readonly contact: Contact; readonly membership: WorkspaceMember } {
    const name = `${this.#name}-user-${person.username}`;
    const { email, firstName, lastName, adopt = false } = person;
    const contact = new Contact(
      name,
      { tenant: this.#tenant, firstName, lastName, email, company: company.id, adopt },
      { parent: this },
    );
    const membership = new WorkspaceMember(
      `${name}-membership`,
      { email, enabled: admits(admission, person), adopt },
      { parent: this },
    );
    return { person, contact, membership };
  }
}
