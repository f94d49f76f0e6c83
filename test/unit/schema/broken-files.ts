import { brokenSections } from "./broken-sections.ts";
import { type BrokenFile, head, user } from "./smallest-file.ts";

export const brokenFiles: readonly BrokenFile[] = [
  {
    name: "the version is missing",
    text: head.replace("version: 1\n", ""),
    problems: ["1:1 version: is required; allowed: 1"],
  },
  {
    name: "a version that is not known",
    text: head.replace("1", "2"),
    problems: ["1:10 version: 2 is not a version; allowed: 1"],
  },
  {
    name: "the version in quotes",
    text: head.replace("version: 1", 'version: "1"'),
    problems: ['1:10 version: "1" is not a version; allowed: 1; did you mean 1?'],
  },
  {
    name: "the id is missing",
    text: head.replace("id: acme\n", ""),
    problems: ["1:1 id: is required"],
  },
  {
    name: "an id in upper case",
    text: head.replace("id: acme", "id: Acme"),
    problems: [
      '2:5 id: "Acme" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last; did you mean acme?',
    ],
  },
  {
    name: "an id with an underscore",
    text: head.replace("id: acme", "id: ac_me"),
    problems: [
      '2:5 id: "ac_me" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "an id of one letter",
    text: head.replace("id: acme", "id: a"),
    problems: [
      '2:5 id: "a" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "an id of 31 letters",
    text: head.replace("id: acme", "id: " + "a".repeat(31)),
    problems: [
      '2:5 id: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "an id that starts with a digit",
    text: head.replace("id: acme", "id: 1acme"),
    problems: [
      '2:5 id: "1acme" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "an id that ends with a hyphen",
    text: head.replace("id: acme", "id: acme-"),
    problems: [
      '2:5 id: "acme-" is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "an id that is a number",
    text: head.replace("id: acme", "id: 0042"),
    problems: [
      "2:5 id: 0042 is not an id: 2 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    ],
  },
  {
    name: "an id that PostgreSQL has",
    text: head.replace("id: acme", "id: template1"),
    problems: ['2:5 id: "template1" is reserved; choose another name'],
  },
  {
    name: "an id whose roles would be PostgreSQL's",
    text: head.replace("id: acme", "id: pg"),
    problems: ['2:5 id: "pg" is reserved; choose another name'],
  },
  {
    name: "an id whose file is a layer",
    text: head.replace("id: acme", "id: defaults"),
    problems: ['2:5 id: "defaults" is reserved; choose another name'],
  },
  {
    name: "an empty name",
    text: head.replace("name: Acme", 'name: ""'),
    problems: ["3:7 name: is empty"],
  },
  {
    name: "a name without value",
    text: head.replace("name: Acme", "name:"),
    problems: ["3:6 name: has no value"],
  },
  {
    name: "a name that is a number",
    text: head.replace("name: Acme", "name: 007"),
    problems: ['3:7 name: 007 is not text; did you mean "007"?'],
  },
  {
    name: "a name that is true",
    text: head.replace("name: Acme", "name: true"),
    problems: ['3:7 name: true is not text; did you mean "true"?'],
  },
  {
    name: "a name of 101 characters",
    text: head.replace("name: Acme", "name: " + "x".repeat(101)),
    problems: ["3:7 name: is longer than 100 characters"],
  },
  {
    name: "a name that is a list",
    text: head.replace("name: Acme", "name: [Acme]"),
    problems: ["3:7 name: a list is not text"],
  },
  {
    name: "the plan is missing",
    text: head.replace("plan: basic\n", ""),
    problems: ["1:1 plan: is required; allowed: basic, professional, enterprise"],
  },
  {
    name: "a plan with a typing mistake",
    text: head.replace("plan: basic", "plan: basci"),
    problems: [
      '4:7 plan: "basci" is not a plan; allowed: basic, professional, enterprise; did you mean basic?',
    ],
  },
  {
    name: "a plan in upper case",
    text: head.replace("plan: basic", "plan: Basic"),
    problems: [
      '4:7 plan: "Basic" is not a plan; allowed: basic, professional, enterprise; did you mean basic?',
    ],
  },
  {
    name: "the region is missing everywhere",
    text: head.replace("region: eu\n", ""),
    problems: ["1:1 region: is required"],
  },
  {
    name: "a region with a space",
    text: head.replace("region: eu", "region: europe west1"),
    problems: ['5:9 region: "europe west1" is not a region such as europe-west1; did you mean europe-west1?'],
  },
  {
    name: "an unknown kind",
    text: head + "kind: buisnessUnit\n",
    problems: [
      '6:7 kind: "buisnessUnit" is not a kind; allowed: tenant, businessUnit; did you mean businessUnit?',
    ],
  },
  {
    name: "an unknown status",
    text: head + "status: deleted\n",
    problems: ['6:9 status: "deleted" is not a status; allowed: active, suspended, destroyed'],
  },
  {
    name: "an unknown key",
    text: head + "nmae: Acme\n",
    problems: [
      "6:1 nmae: unknown key; allowed: version, id, kind, name, status, confirmDestroy, plan, parent, domains, organizations, contacts, teams, users, waivers, region, services, database, identity, collaboration, workspaces, sourceControl, delivery, crm, invitations, drift; did you mean name?",
    ],
  },
  {
    name: "an unknown key that is like no other",
    text: head + "colour: red\n",
    problems: [
      "6:1 colour: unknown key; allowed: version, id, kind, name, status, confirmDestroy, plan, parent, domains, organizations, contacts, teams, users, waivers, region, services, database, identity, collaboration, workspaces, sourceControl, delivery, crm, invitations, drift",
    ],
  },
  {
    name: "an unknown key in a map",
    text: head + "database:\n  connectionLimits: 5\n",
    problems: [
      "7:3 database.connectionLimits: unknown key; allowed: name, connectionLimit; did you mean connectionLimit?",
    ],
  },
  {
    name: "an unknown key in a list",
    text: user("    rol: auditor\n"),
    problems: [
      "11:5 users[0].rol: unknown key; allowed: email, username, github, firstName, lastName, role, teams, services, expires, reset, adopt; did you mean role?",
    ],
  },
  {
    name: "several unknown keys",
    text: head + "identity:\n  realms: x\n  tokns: {}\n",
    problems: [
      "7:3 identity.realms: unknown key; allowed: realm, allowedEmailDomains, passwordPolicy, bruteForce, sessions, tokens, portal, clients, identityProviders; did you mean realm?",
      "8:3 identity.tokns: unknown key; allowed: realm, allowedEmailDomains, passwordPolicy, bruteForce, sessions, tokens, portal, clients, identityProviders; did you mean tokens?",
    ],
  },
  {
    name: "a key that JavaScript knows",
    text: head + "__proto__: {a: 1}\n",
    problems: ["6:1 __proto__: unknown key"],
  },
  {
    name: "a merge key",
    text: head + "<<: {kind: tenant}\n",
    problems: [
      "6:1 <<: unknown key; allowed: version, id, kind, name, status, confirmDestroy, plan, parent, domains, organizations, contacts, teams, users, waivers, region, services, database, identity, collaboration, workspaces, sourceControl, delivery, crm, invitations, drift",
    ],
  },
  {
    name: "a key that is a number",
    text: head + "1: x\n",
    problems: [
      "6:1 1: unknown key; allowed: version, id, kind, name, status, confirmDestroy, plan, parent, domains, organizations, contacts, teams, users, waivers, region, services, database, identity, collaboration, workspaces, sourceControl, delivery, crm, invitations, drift",
    ],
  },
  {
    name: "a key that is a list",
    text: head + "? [a, b]\n: x\n",
    problems: ["6:3: this key is not text"],
  },
  {
    name: "a key twice",
    text: head + "name: Again\n",
    problems: ["6:1 name: the key name is there twice; see tenants/acme.yaml:3:1"],
  },
  {
    name: "a key twice, deeper",
    text: head + "database:\n  connectionLimit: 5\n  connectionLimit: 6\n",
    problems: [
      "8:3 database.connectionLimit: the key connectionLimit is there twice; see tenants/acme.yaml:7:3",
    ],
  },
  {
    name: "destroyed without confirmation",
    text: head + "status: destroyed\n",
    problems: [
      "1:1 confirmDestroy: is required with `status: destroyed`: repeat the id, `confirmDestroy: acme`",
    ],
  },
  {
    name: "destroyed with another id",
    text: head + "status: destroyed\nconfirmDestroy: acmee\n",
    problems: ['7:17 confirmDestroy: "acmee" is not the id; allowed: acme'],
  },
  {
    name: "a confirmation without the status",
    text: head + "status: suspended\nconfirmDestroy: acme\n",
    problems: ["7:1 confirmDestroy: belongs to `status: destroyed` alone; remove it, or set the status"],
  },
  {
    name: "a confirmation without any status",
    text: head + "confirmDestroy: acme\n",
    problems: ["6:1 confirmDestroy: belongs to `status: destroyed` alone; remove it, or set the status"],
  },
  {
    name: "a domain in upper case",
    text: head + "domains: [Acme.example]\n",
    problems: [
      '6:11 domains[0]: "Acme.example" is not a domain name in lower case, such as acme.example; did you mean acme.example?',
    ],
  },
  {
    name: "a domain with an address",
    text: head + "domains: [https://acme.example]\n",
    problems: [
      '6:11 domains[0]: "https://acme.example" is not a domain name in lower case, such as acme.example',
    ],
  },
  {
    name: "a domain without a dot",
    text: head + "domains: [localhost]\n",
    problems: ['6:11 domains[0]: "localhost" is not a domain name in lower case, such as acme.example'],
  },
  {
    name: "a domain twice",
    text: head + "domains: [acme.example, acme.example]\n",
    problems: [
      '6:25 domains[1]: "acme.example" is there twice; every domain must be different; see tenants/acme.yaml:6:11',
    ],
  },
  {
    name: "domains that are no list",
    text: head + "domains: acme.example\n",
    problems: ['6:10 domains: "acme.example" is not a list'],
  },
  {
    name: "users without value",
    text: head + "users:\n",
    problems: ["6:7 users: has no value; did you mean []?"],
  },
  {
    name: "a user that is a text",
    text: head + "users: [ada@acme.example]\n",
    problems: ['6:9 users[0]: "ada@acme.example" is not a map of keys'],
  },
  {
    name: "a user without anything",
    text: head + "users:\n  - {}\n",
    problems: [
      "7:5 users[0].email: is required",
      "7:5 users[0].firstName: is required",
      "7:5 users[0].lastName: is required",
      "7:5 users[0].role: is required; allowed: tenant_admin, application_manager, developer, auditor",
    ],
  },
  {
    name: "a name with a character that Keycloak refuses",
    text:
      head + 'users:\n  - {email: ada@acme.example, firstName: Ada, lastName: "A <b>", role: developer}\n',
    problems: [
      '7:57 users[0].lastName: "A <b>" is not a person\'s name: one line, without any of < > & " $ % ! # ? § ; * ~ / \\ | ^ = [ ] { } ( )',
    ],
  },
  {
    name: "an e-mail address without an @",
    text: head + "users:\n  - {email: ada, firstName: A, lastName: B, role: developer}\n",
    problems: ['7:13 users[0].email: "ada" is not an e-mail address'],
  },
  {
    name: "an e-mail address twice, in another case",
    text: user("  - {email: ADA@acme.example, username: other, firstName: A, lastName: B, role: auditor}\n"),
    problems: [
      '11:13 users[1].email: "ada@acme.example" is there twice; every person\'s e-mail address must be different; see tenants/acme.yaml:7:12',
    ],
  },
  {
    name: "a username twice",
    text: user("  - {email: ada@other.example, firstName: A, lastName: B, role: auditor}\n"),
    problems: [
      '11:13 users[1].email: "ada" is there twice; every person\'s username must be different; see tenants/acme.yaml:7:12',
    ],
  },
  {
    name: "a username that is another's address",
    text: user("  - {email: x.y@acme.example, username: ada, firstName: A, lastName: B, role: auditor}\n"),
    problems: [
      '11:41 users[1].username: "ada" is there twice; every person\'s username must be different; see tenants/acme.yaml:7:12',
    ],
  },
  {
    name: "a username with a space",
    text: user("    username: ada ashford\n"),
    problems: [
      '11:15 users[0].username: "ada ashford" is not a username: 3 to 32 lower-case letters, digits, dots, _ and -, a letter first, a letter or digit last; did you mean ada-ashford?',
    ],
  },
  {
    name: "a username that is too short",
    text: user("    username: ad\n"),
    problems: [
      '11:15 users[0].username: "ad" is not a username: 3 to 32 lower-case letters, digits, dots, _ and -, a letter first, a letter or digit last',
    ],
  },
  {
    name: "a username that is a role",
    text: user("    username: auditor\n"),
    problems: ['11:15 users[0].username: the username "auditor" is reserved: a database role has this name'],
  },
  {
    name: "an address whose account would be the owner",
    text: head + "users:\n  - {email: owner@acme.example, firstName: A, lastName: B, role: developer}\n",
    problems: [
      '7:13 users[0].email: the username "owner" is reserved: a database role has this name; set `username` for this person',
    ],
  },
  {
    name: "an address that makes no username",
    text: head + "users:\n  - {email: a+b@acme.example, firstName: A, lastName: B, role: developer}\n",
    problems: [
      '7:13 users[0].email: the part before the @, "a+b", can\'t be a username; set `username` for this person',
    ],
  },
  {
    name: "an unknown role",
    text: head + "users:\n  - {email: ada@acme.example, firstName: A, lastName: B, role: develper}\n",
    problems: [
      '7:64 users[0].role: "develper" is not a role; allowed: tenant_admin, application_manager, developer, auditor; did you mean developer?',
    ],
  },
  {
    name: "a role and a team that are wrong",
    text:
      head +
      "teams: [{id: platform}]\nusers:\n  - {email: ada@acme.example, firstName: A, lastName: B, role: admin, teams: [platfrom]}\n",
    problems: [
      '8:64 users[0].role: "admin" is not a role; allowed: tenant_admin, application_manager, developer, auditor',
      '8:79 users[0].teams[0]: "platfrom" is not one of this tenant\'s teams; allowed: platform; did you mean platform?',
    ],
  },
  {
    name: "a team that does not exist, where there are none",
    text: user("    teams: [platform]\n"),
    problems: ['11:13 users[0].teams[0]: "platform" is not one of this tenant\'s teams'],
  },
  {
    name: "a team twice for one person",
    text: head + "teams: [{id: platform}]\n" + user("    teams: [platform, platform]\n").slice(head.length),
    problems: [
      '12:23 users[0].teams[1]: "platform" is there twice; every team must be different; see tenants/acme.yaml:12:13',
    ],
  },
  {
    name: "a team id of two letters",
    text: head + "teams: [{id: ab}]\n",
    problems: [
      '6:14 teams[0].id: "ab" is not a team\'s id: 3 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
    ],
  },
  {
    name: "a team id twice",
    text: head + "teams:\n  - id: platform\n  - id: platform\n",
    problems: [
      '8:9 teams[1].id: "platform" is there twice; every team\'s id must be different; see tenants/acme.yaml:7:9',
    ],
  },
  {
    name: "a date that is not in the calendar",
    text: user("    expires: 2027-02-29\n"),
    problems: ['11:14 users[0].expires: "2027-02-29" is not a date as YYYY-MM-DD'],
  },
  {
    name: "a date in another order",
    text: user("    expires: 31.12.2030\n"),
    problems: ['11:14 users[0].expires: "31.12.2030" is not a date as YYYY-MM-DD'],
  },
  {
    name: "a date with a time",
    text: user("    expires: 2030-12-31T00:00:00Z\n"),
    problems: ['11:14 users[0].expires: "2030-12-31T00:00:00Z" is not a date as YYYY-MM-DD'],
  },
  {
    name: "yes for true",
    text: user("    services: {database: yes}\n"),
    problems: [
      '11:26 users[0].services.database: "yes" is not true or false; allowed: true, false; did you mean true?',
    ],
  },
  {
    name: "off for false",
    text: user("    services:\n      identity: off\n"),
    problems: [
      '12:17 users[0].services.identity: "off" is not true or false; allowed: true, false; did you mean false?',
    ],
  },
  {
    name: "an unknown service",
    text: user("    services: {databse: true}\n"),
    problems: [
      "11:16 users[0].services.databse: unknown key; allowed: database, identity, collaboration, workspaces, sourceControl, crm; did you mean database?",
    ],
  },
  {
    name: "an address outside of the tenant's domains",
    text:
      head +
      "domains: [acme.example]\nusers:\n  - {email: ada@acme.exmaple, firstName: A, lastName: B, role: developer}\n",
    problems: [
      '8:13 users[0].email: "ada@acme.exmaple" is in none of the allowed e-mail domains; allowed: acme.example; did you mean ada@acme.example?',
    ],
  },
  {
    name: "an address outside of the allowed domains",
    text:
      head +
      "domains: [acme.example]\nidentity: {allowedEmailDomains: [corp.example]}\n" +
      user("").slice(head.length),
    problems: [
      '9:12 users[0].email: "ada@acme.example" is in none of the allowed e-mail domains; allowed: corp.example; did you mean ada@corp.example?',
    ],
  },
  {
    name: "a contact with an unknown role",
    text: head + "contacts:\n  - {name: A, email: a@b.example, role: boss}\n",
    problems: ['7:41 contacts[0].role: "boss" is not a role; allowed: owner, technical, billing, security'],
  },
  {
    name: "a connection limit of zero",
    text: head + "database: {connectionLimit: 0}\n",
    problems: ["6:29 database.connectionLimit: 0 is less than 1"],
  },
  {
    name: "a connection limit that is too high",
    text: head + "database: {connectionLimit: 10001}\n",
    problems: ["6:29 database.connectionLimit: 10001 is more than 10000"],
  },
  {
    name: "a connection limit with a fraction",
    text: head + "database: {connectionLimit: 1.5}\n",
    problems: ["6:29 database.connectionLimit: 1.5 is not a whole number"],
  },
  {
    name: "a connection limit in quotes",
    text: head + 'database:\n  connectionLimit: "20"\n',
    problems: ['7:20 database.connectionLimit: "20" is not a number; did you mean 20?'],
  },
  {
    name: "a database that is Keycloak's",
    text: head + "database: {name: keycloak}\n",
    problems: ['6:18 database.name: "keycloak" is reserved; choose another name'],
  },
  {
    name: "a database name in upper case",
    text: head + "database: {name: Acme}\n",
    problems: [
      '6:18 database.name: "Acme" is not a name: 1 to 63 lower-case letters, digits, _ and -, a letter first; did you mean acme?',
    ],
  },
  {
    name: "the master realm",
    text: head + "identity: {realm: master}\n",
    problems: ['6:19 identity.realm: "master" is reserved; choose another name'],
  },
  {
    name: "a duration without a unit",
    text: head + "identity: {sessions: {idle: 30}}\n",
    problems: ["6:29 identity.sessions.idle: 30 is not a duration such as 30s, 15m, 10h or 7d"],
  },
  {
    name: "a duration in words",
    text: head + "identity: {sessions: {idle: 30 minutes}}\n",
    problems: ['6:29 identity.sessions.idle: "30 minutes" is not a duration such as 30s, 15m, 10h or 7d'],
  },
  {
    name: "a session that is idle for longer than it lasts",
    text: head + "identity: {sessions: {idle: 12h, max: 8h}}\n",
    problems: [
      "6:29 identity.sessions.idle: 12h is longer than the longest session, `max: 8h`; see tenants/acme.yaml:6:39",
    ],
  },
  {
    name: "a session that is idle for longer than the default lasts",
    text: head + "identity:\n  sessions:\n    idle: 11h\n",
    problems: [
      "8:11 identity.sessions.idle: 11h is longer than the longest session, `max: 10h`; see tenants/acme.yaml:8:5",
    ],
  },
  {
    name: "a password policy that is too weak",
    text: head + "identity: {passwordPolicy: {minLength: 4}}\n",
    problems: ["6:40 identity.passwordPolicy.minLength: 4 is less than 8"],
  },
  {
    name: "brute-force detection turned off",
    text: head + "identity: {bruteForce: false}\n",
    problems: ["6:24 identity.bruteForce: false is not a map of keys"],
  },
  {
    name: "a portal without addresses",
    text: head + "identity: {portal: {}}\n",
    problems: ["6:20 identity.portal.redirectUris: is required"],
  },
  {
    name: "a portal with no address in the list",
    text: head + "identity: {portal: {redirectUris: []}}\n",
    problems: ["6:35 identity.portal.redirectUris: is an empty list"],
  },
  {
    name: "redirect: a wildcard in the host",
    text: head + "identity: {portal: {redirectUris: ['https://*.acme.example/']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://*.acme.example/" is not an address that sign-in may send people back to: no * in the host; name each host',
    ],
  },
  {
    name: "redirect: everything",
    text: head + "identity: {portal: {redirectUris: ['*']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "*" is not an address that sign-in may send people back to: an https:// address, or http://localhost',
    ],
  },
  {
    name: "redirect: http on another host",
    text: head + "identity: {portal: {redirectUris: ['http://acme.example/']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "http://acme.example/" is not an address that sign-in may send people back to: https://, since http:// is for localhost, 127.0.0.1 and [::1] only',
    ],
  },
  {
    name: "redirect: a host that only starts like localhost",
    text: head + "identity: {portal: {redirectUris: ['http://localhost.evil.example/']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "http://localhost.evil.example/" is not an address that sign-in may send people back to: https://, since http:// is for localhost, 127.0.0.1 and [::1] only',
    ],
  },
  {
    name: "redirect: a fragment",
    text: head + "identity: {portal: {redirectUris: ['https://acme.example/#a']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://acme.example/#a" is not an address that sign-in may send people back to: no fragment (#)',
    ],
  },
  {
    name: "redirect: a password",
    text: head + "identity: {portal: {redirectUris: ['https://u:p@acme.example/']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://u:p@acme.example/" is not an address that sign-in may send people back to: no user name or password in it',
    ],
  },
  {
    name: "redirect: a wildcard inside the path",
    text: head + "identity: {portal: {redirectUris: ['https://acme.example/*/b']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://acme.example/*/b" is not an address that sign-in may send people back to: * only as the last part of the path, as in https://app.example/*',
    ],
  },
  {
    name: "redirect: a wildcard as part of a name",
    text: head + "identity: {portal: {redirectUris: ['https://acme.example/a*']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://acme.example/a*" is not an address that sign-in may send people back to: * only as the last part of the path, as in https://app.example/*',
    ],
  },
  {
    name: "redirect: a script",
    text: head + "identity: {portal: {redirectUris: ['javascript:alert(1)']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "javascript:alert(1)" is not an address that sign-in may send people back to: an https:// address, or http://localhost',
    ],
  },
  {
    name: "redirect: a backslash",
    text: head + "identity: {portal: {redirectUris: ['https://acme.example\\@evil.example']}}\n",
    problems: [
      '6:36 identity.portal.redirectUris[0]: "https://acme.example\\\\@evil.example" is not an address that sign-in may send people back to: no user name or password in it',
    ],
  },
  {
    name: "a client with the portal's id",
    text: head + "identity: {clients: [{id: portal, redirectUris: [https://a.example/]}]}\n",
    problems: ['6:27 identity.clients[0].id: "portal" is reserved; describe it under `identity.portal`'],
  },
  {
    name: "a client that Keycloak has",
    text: head + "identity: {clients: [{id: admin-cli, redirectUris: [https://a.example/]}]}\n",
    problems: ['6:27 identity.clients[0].id: "admin-cli" is reserved: Keycloak has a client of this name'],
  },
  {
    name: "a client id twice",
    text:
      head +
      "identity:\n  clients:\n    - {id: shop, redirectUris: [https://a.example/]}\n    - {id: shop, redirectUris: [https://b.example/]}\n",
    problems: [
      '9:12 identity.clients[1].id: "shop" is there twice; every client\'s id must be different; see tenants/acme.yaml:8:12',
    ],
  },
  {
    name: "an unknown identity provider",
    text: head + "identity:\n  identityProviders:\n    - {type: gitlab, clientId: a, clientSecret: env:X}\n",
    problems: [
      '8:14 identity.identityProviders[0].type: "gitlab" is not a type; allowed: github, entra-id, oidc; did you mean github?',
    ],
  },
  {
    name: "an identity provider without a type",
    text: head + "identity:\n  identityProviders:\n    - {clientId: a, clientSecret: env:X}\n",
    problems: ["8:7 identity.identityProviders[0].type: is required; allowed: github, entra-id, oidc"],
  },
  {
    name: "a secret written out",
    text:
      head +
      "identity:\n  identityProviders:\n    - type: github\n      clientId: a\n      clientSecret: hunter2-hunter2\n",
    problems: [
      "10:21 identity.identityProviders[0].clientSecret: (hidden) is not a reference to a secret, env:NAME, never the secret itself",
    ],
  },
  {
    name: "two identity providers of one alias",
    text:
      head +
      "identity:\n  identityProviders:\n    - {type: github, clientId: a, clientSecret: env:X}\n    - {type: github, clientId: b, clientSecret: env:Y}\n",
    problems: [
      '9:7 identity.identityProviders[1].alias: "github" is there twice; every identity provider\'s alias must be different; see tenants/acme.yaml:8:7',
    ],
  },
  {
    name: "a directory id that is no UUID",
    text:
      head +
      "identity:\n  identityProviders:\n    - {type: entra-id, directoryId: acme, clientId: a, clientSecret: env:X}\n",
    problems: [
      '8:37 identity.identityProviders[0].directoryId: "acme" is not the directory (tenant) id of Entra ID, a UUID',
    ],
  },
  {
    name: "an issuer without https",
    text:
      head +
      "identity:\n  identityProviders:\n    - {type: oidc, alias: corp, issuer: http://a.example, authorizationUrl: https://a.example/a, tokenUrl: https://a.example/t, jwksUrl: https://a.example/j, clientId: a, clientSecret: env:X}\n",
    problems: ['8:41 identity.identityProviders[0].issuer: "http://a.example" is not an https:// address'],
  },
  {
    name: "its own parent",
    text: head + "parent: acme\n",
    problems: ["6:9 parent: is the tenant itself"],
  },
  {
    name: "a tab as indentation",
    text: head + "database:\n\tconnectionLimit: 5\n",
    problems: ["7:1: a tab as indentation; YAML wants spaces"],
  },
  {
    name: "a quote that is not closed",
    text: head + 'kind: "tenant\n',
    problems: ["7:1: a closing quote, bracket, comma, colon or space is missing"],
  },
  {
    name: "a bracket that is not closed",
    text: head + "domains: [acme.example\n",
    problems: [
      "7:1: the indentation does not fit the lines around it; is a bracket or quote not closed before?",
    ],
  },
  {
    name: "a colon too many",
    text: head + "kind: tenant: x\n",
    problems: [
      "6:7: a map or list starts in the middle of a line; is there one colon too many, or quotes missing?",
    ],
  },
  {
    name: "indentation that fits nothing",
    text: head + "database:\n    connectionLimit: 5\n  name: x\n",
    problems: [
      "8:1: the indentation does not fit the lines around it; is a bracket or quote not closed before?",
    ],
  },
  {
    name: "no colon",
    text: head + "kind tenant\n",
    problems: ["6:1: a closing quote, bracket, comma, colon or space is missing"],
  },
  {
    name: "a text that starts with @",
    text: head + "kind: @tenant\n",
    problems: ["6:7: a text can't start with this character; put it in quotes"],
  },
  {
    name: "a backslash in double quotes",
    text: head.replace("name: Acme", 'name: "C:\\Acme"'),
    problems: ["3:10: an escape in \"…\" that YAML does not know; write \\\\ for a backslash or use '…'"],
  },
  {
    name: "a second document",
    text: head + "---\nid: b\n",
    problems: ["6:1: a second document starts here (---); one file is one tenant"],
  },
  {
    name: "an anchor",
    text: head + "domains: &d [acme.example]\n",
    problems: ["6:13: anchors (&) are not allowed in tenant files: write the value out"],
  },
  {
    name: "an anchor and its alias",
    text: head + "domains: &d [acme.example]\nidentity:\n  allowedEmailDomains: *d\n",
    problems: [
      "6:13: anchors (&) are not allowed in tenant files: write the value out",
      "8:24: aliases (*) are not allowed in tenant files: write the value out",
    ],
  },
  {
    name: "an alias of nothing",
    text: head + "domains: *d\n",
    problems: ["6:10: aliases (*) are not allowed in tenant files: write the value out"],
  },
  {
    name: "a tag",
    text: head.replace("id: acme", "id: !!str acme"),
    problems: ["2:11: tags (!) are not allowed in tenant files: write the value out"],
  },
  {
    name: "a tag of its own",
    text: head + "database: !acme {}\n",
    problems: ["6:17: tags (!) are not allowed in tenant files: write the value out"],
  },
  {
    name: "a directive",
    text: "%YAML 1.1\n---\n" + head,
    problems: ["1:1: directives (%) are not allowed in tenant files: write the value out"],
  },
  {
    name: "a list at the top",
    text: "- id: acme\n",
    problems: ["1:1: holds a list; a map of keys is wanted, `key: value`"],
  },
  {
    name: "a text at the top",
    text: "acme\n",
    problems: ["1:1: holds a single value; a map of keys is wanted, `key: value`"],
  },
  {
    name: "only comments",
    text: "# nothing\n# here\n",
    problems: ["1:1: holds no value, only white space or comments"],
  },
  {
    name: "nothing at all",
    text: "",
    problems: ["1:1: holds no value, only white space or comments"],
  },
  {
    name: "only a document marker",
    text: "---\n",
    problems: ["1:1: holds no value, only white space or comments"],
  },
  {
    name: "null at the top",
    text: "~\n",
    problems: ["1:1: holds no value, only white space or comments"],
  },
  {
    name: "a merge conflict",
    text: "<<<<<<< HEAD\nid: acme\n=======\nid: b\n>>>>>>> x\n",
    problems: ["1:1: a merge conflict that is not resolved"],
  },
  {
    name: "JSON with a comma too many",
    text: '{"id": "acme",, }',
    problems: ["1:15: this is not expected here; is something missing before it, or quotes around it?"],
  },
  {
    name: "nested too deeply",
    text: head + "database: " + "[".repeat(40) + "]".repeat(40) + "\n",
    problems: ["6:11 database: a list is not a map of keys"],
  },
  {
    name: "a control character",
    text: head.replace("name: Acme", "name: Ac\u0007me"),
    problems: ['3:7 name: "Ac\\u0007me" is not text on one line'],
  },
  ...brokenSections,
];
