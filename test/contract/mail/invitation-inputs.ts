import type { InvitationInputs } from "../../../providers/mail/invitation-implementation.ts";

/** An invitation for a person that no other run of the tests invites. */
export function invitationOf(person: string): InvitationInputs {
  return {
    tenant: "mail-co",
    person,
    to: `${person}@acme.example`,
    reason: "create",
    enabled: true,
    template: "default",
    values: {
      person: { firstName: "Chloé", lastName: "Yıldız", username: person, email: `${person}@acme.example` },
      tenant: { id: "mail-co", name: "Acme & Sons" },
      systems: [
        {
          title: "Your account",
          url: "https://id.acme.example/account?a=1&b=2",
          username: person,
          password: "Once-Only.4711",
        },
      ],
      support: { email: "ben@acme.example" },
    },
  };
}
