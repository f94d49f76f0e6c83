import { brokenDelivery } from "./broken-delivery.ts";
import { type BrokenFile, head, user } from "./smallest-file.ts";

const file = (name: string, text: string, ...problems: string[]): BrokenFile => ({ name, text, problems });
/** The head and a section below it, from line 6 on. */
const section = (name: string, lines: string, ...problems: string[]): BrokenFile =>
  file(name, `${head}${lines}\n`, ...problems);
/** The head with another id. */
const withId = (id: string): string => head.replace("id: acme", `id: ${id}`);
/** The person of `user` with another username: its line is 11. */
const named = (id: string, username: string, services: string): string =>
  user(`    username: ${username}\n    services: {${services}: true}\n`).replace("id: acme", `id: ${id}`);
const publicKey = `ssh-ed25519 ${"A".repeat(68)}`;

const collaboration: readonly BrokenFile[] = [
  section(
    "a team's name with an underscore",
    "collaboration: {team: acme_x}",
    `6:23 collaboration.team: "acme_x" is not a team's name: 2 to 64 lower-case letters, digits and hyphens, no hyphen first or last`,
  ),
  section(
    "a channel's name in upper case",
    "collaboration: {channels: [{name: General}]}",
    `6:35 collaboration.channels[0].name: "General" is not a channel's name: 2 to 64 lower-case letters, digits, _ and -, a letter or digit first; did you mean general?`,
  ),
  section(
    "a channel of a type that isn't",
    "collaboration: {channels: [{name: general, type: public}]}",
    `6:50 collaboration.channels[0].type: "public" is not a type; allowed: open, private`,
  ),
  section(
    "a way to sign in that isn't",
    "collaboration: {signIn: relam}",
    `6:25 collaboration.signIn: "relam" is not a signIn; allowed: password, realm; did you mean realm?`,
  ),
  section(
    "a display name of 65 characters",
    `collaboration: {channels: [{name: general, displayName: ${"x".repeat(65)}}]}`,
    "6:57 collaboration.channels[0].displayName: is longer than 64 characters",
  ),
  section(
    "two channels of one name",
    "collaboration: {channels: [{name: general}, {name: general}]}",
    `6:52 collaboration.channels[1].name: "general" is there twice; every channel's name must be different; see tenants/acme.yaml:6:35`,
  ),
  section(
    "a channel named like a team, which has one",
    "teams: [{id: platform}]\ncollaboration: {channels: [{name: platform}]}",
    `7:35 collaboration.channels[0].name: "platform" is there twice; every channel's name must be different; see tenants/acme.yaml:6:14`,
  ),
  section(
    "a channel that every team has anyway",
    "collaboration: {channels: [{name: town-square}]}",
    `6:35 collaboration.channels[0].name: "town-square" is reserved: Mattermost makes a channel of this name in every team`,
  ),
  section(
    "a team whose channel every team has anyway",
    "services: {collaboration: true}\nteams: [{id: off-topic}]",
    `7:14 teams[0].id: "off-topic" is reserved: Mattermost makes a channel of this name in every team`,
  ),
  section(
    "a webhook to a channel that isn't",
    "teams: [{id: platform}]\ncollaboration:\n  channels: [{name: general}]\n  webhooks: [{name: Alerts, channel: genral}]",
    `9:38 collaboration.webhooks[0].channel: "genral" is not one of this tenant's channels; allowed: general, platform; did you mean general?`,
  ),
  section(
    "two webhooks of one name",
    "teams: [{id: platform}]\ncollaboration:\n  webhooks: [{name: Alerts, channel: platform}, {name: Alerts, channel: platform}]",
    `8:56 collaboration.webhooks[1].name: "Alerts" is there twice; every webhook's name must be different; see tenants/acme.yaml:8:21`,
  ),
  section(
    "a bot in a channel that isn't",
    "collaboration: {bots: [{name: robot, channels: [general]}]}",
    `6:49 collaboration.bots[0].channels[0]: "general" is not one of this tenant's channels`,
  ),
  section(
    "a bot in one channel twice",
    "collaboration: {channels: [{name: general}], bots: [{name: robot, channels: [general, general]}]}",
    `6:87 collaboration.bots[0].channels[1]: "general" is there twice; every channel must be different; see tenants/acme.yaml:6:78`,
  ),
  file(
    "a bot named like a person",
    user("    services: {collaboration: true}\ncollaboration: {bots: [{name: ada}]}\n"),
    `12:31 collaboration.bots[0].name: "ada" is there twice; every bot's and person's username must be different; see tenants/acme.yaml:7:12`,
  ),
  file(
    "an id that no team's name begins with",
    `${withId("post-office")}services: {collaboration: true}\n`,
    `2:5 id: "post-office" can't be a team in Mattermost: no name there begins with post; set \`collaboration.team\``,
  ),
  section(
    "a team's name that begins with a reserved word",
    "services: {collaboration: true}\ncollaboration: {team: administration}",
    `7:23 collaboration.team: "administration" can't be a team in Mattermost: no name there begins with admin; choose another`,
  ),
  file(
    "a tenant's name that Mattermost can't show",
    `${head.replace("name: Acme", `name: ${"x".repeat(65)}`)}services: {collaboration: true}\n`,
    "3:7 name: is longer than the 64 characters that Mattermost takes for the name of a team",
  ),
  section(
    "a team's name that Mattermost can't show",
    `services: {collaboration: true}\nteams: [{id: platform, name: ${"x".repeat(65)}}]`,
    "7:30 teams[0].name: is longer than the 64 characters that Mattermost takes for the name of a channel",
  ),
  file(
    "who signs in to Mattermost by the realm, and isn't in it",
    user("    services: {collaboration: true, identity: false}\ncollaboration: {signIn: realm}\n"),
    "7:5 users[0]: signs in to Mattermost by the realm, but has no account there: `identity` is off; see tenants/acme.yaml:12:25",
  ),
];

const people: readonly BrokenFile[] = [
  file(
    "a given name that is too long for Mattermost",
    user("    services: {collaboration: true}\n").replace("firstName: Ada", `firstName: ${"A".repeat(65)}`),
    "8:16 users[0].firstName: is longer than the 64 characters that Mattermost takes",
  ),
  file(
    "a family name that is too long for Gitea",
    user("    services: {sourceControl: true}\n").replace("Ashford", "A".repeat(97)),
    "9:15 users[0].lastName: makes a full name longer than the 100 characters that Gitea takes",
  ),
  file(
    "a family name that is too long for Coder",
    user("    services: {workspaces: true}\n").replace("Ashford", "A".repeat(125)),
    "9:15 users[0].lastName: makes a full name longer than the 128 characters that Coder takes",
  ),
];

const workspaces: readonly BrokenFile[] = [
  file(
    "an account's name that is too long for Coder",
    named("acme-corporation-europe", "ada.ashford", "workspaces"),
    `11:15 users[0].username: the account in Coder would be "acme-corporation-europe-ada-ashford": it is 35 characters long, and Coder takes 32; choose another`,
  ),
  file(
    "an address whose first part is too long for Coder",
    user("    services: {workspaces: true}\n").replace("ada@", "ada.josephine.ashford.junior@"),
    `7:12 users[0].email: the account in Coder would be "acme-ada-josephine-ashford-junior": it is 33 characters long, and Coder takes 32; set another \`username\` for this person`,
  ),
  file(
    "a username that Coder would have with two hyphens in a row",
    named("acme", "ada.-ashford", "workspaces"),
    `11:15 users[0].username: the account in Coder would be "acme-ada--ashford": Coder takes no two hyphens in a row; choose another`,
  ),
  file(
    "two people of one name in Coder",
    user(
      `    username: ada.ashford
    services: {workspaces: true}
  - email: other@acme.example
    username: ada_ashford
    firstName: A
    lastName: B
    role: developer
    services: {workspaces: true}
`,
    ),
    `14:15 users[1].username: "acme-ada-ashford" is there twice; every account name in Coder must be different; see tenants/acme.yaml:11:15`,
  ),
  file(
    "an id with two hyphens in a row, in Coder and Gitea",
    `${withId("acme--eu")}services: {workspaces: true, sourceControl: true}\n`,
    `2:5 id: "acme--eu" can't be part of names in Coder and Gitea: they take no two hyphens in a row`,
  ),
  section(
    "a template's name that Coder keeps for itself",
    "workspaces: {templates: [{name: new, folder: templates/new}]}",
    '6:33 workspaces.templates[0].name: "new" is not a name in Coder: 1 to 32 lower-case letters and digits with single hyphens between them, not `new` or `create`',
  ),
  section(
    "a template's name that is too long with the id",
    `services: {workspaces: true}\nworkspaces: {templates: [{name: ${"x".repeat(28)}, folder: templates/x}]}`,
    `7:33 workspaces.templates[0].name: the template in Coder would be "acme-${"x".repeat(28)}": it is 33 characters long, and Coder takes 32; see tenants/acme.yaml:2:5`,
  ),
  section(
    "two templates of one name",
    "workspaces: {templates: [{name: shell, folder: a}, {name: shell, folder: b}]}",
    `6:59 workspaces.templates[1].name: "shell" is there twice; every template's name must be different; see tenants/acme.yaml:6:33`,
  ),
  ...["../secrets", "/etc", "a/../../b", ".tenantry/local", "a/.git", "a//b", "a/"].map((folder) =>
    section(
      `a folder outside of what the project shows: ${folder}`,
      `workspaces: {templates: [{name: shell, folder: ${folder}}]}`,
      `6:48 workspaces.templates[0].folder: "${folder}" is not a path in this project, with forward slashes, without .. and hidden folders`,
    ),
  ),
  section(
    "a parameter that is a number",
    "workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shell, parameters: {cpu: 2}}",
    `8:49 workspaces.personal.parameters.cpu: 2 is not text; did you mean "2"?`,
  ),
  section(
    "a personal workspace from a template that isn't",
    "workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shel}",
    `8:24 workspaces.personal.template: "shel" is not one of this tenant's templates; allowed: shell; did you mean shell?`,
  ),
  ...[
    "0 8 1 * *",
    "* 8 * * *",
    "0 24 * * *",
    "0 8 * * 7",
    "0 8 * * 6-1",
    "0 8 * * mon",
    "daily",
    "0 8,9 * * *",
  ].map((schedule) =>
    section(
      `a schedule that Coder doesn't take: ${schedule}`,
      `workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shell, autostart: {schedule: "${schedule}"}}`,
      `8:53 workspaces.personal.autostart.schedule: "${schedule}" is not a time of day and days of the week in cron's form, such as 0 8 * * 1-5`,
    ),
  ),
  section(
    "a time zone that isn't",
    `workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shell, autostart: {schedule: "0 8 * * *", timezone: Europe/Berln}}`,
    '8:76 workspaces.personal.autostart.timezone: "Europe/Berln" is no time zone; did you mean Europe/Berlin?',
  ),
  section(
    "a workspace that never rests",
    "workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shell, stopAfter: 31d}",
    "8:42 workspaces.personal.stopAfter: 31d is not between 1 minute and 30 days",
  ),
  section(
    "a workspace that stops at once",
    "workspaces:\n  templates: [{name: shell, folder: a}]\n  personal: {template: shell, stopAfter: 59s}",
    "8:42 workspaces.personal.stopAfter: 59s is not between 1 minute and 30 days",
  ),
  section(
    "a team that can't be a group",
    "services: {workspaces: true}\nworkspaces: {groups: true}\nteams: [{id: pay--ments}]",
    '8:14 teams[0].id: "pay--ments" can\'t be a group in Coder, which takes no two hyphens in a row',
  ),
];

/** A repository under `sourceControl`, on line 7. */
const repository = (name: string, more: string, ...problems: string[]): BrokenFile =>
  section(name, `sourceControl:\n  repositories: [{name: web, ${more}}]`, ...problems);

/** A tenant in GitHub, and its repository on line 9. */
const onGithub = (name: string, more: string, problem: string, inRepository = ""): BrokenFile =>
  section(
    name,
    `services: {sourceControl: true}\n${more || "domains: []"}\nsourceControl: {system: github, repositories: [{name: web, ${inRepository}}]}`,
    problem,
  );

const sourceControl: readonly BrokenFile[] = [
  section(
    "another system for source control",
    "sourceControl: {system: gitlab}",
    '6:25 sourceControl.system: "gitlab" is not a system; allowed: gitea, github; did you mean gitea?',
  ),
  repository(
    "an event that Gitea doesn't know",
    "webhooks: [{url: 'https://ci.example', events: [push, check_run]}]",
    '7:84 sourceControl.repositories[0].webhooks[0].events[1]: "check_run" is not an event of Gitea',
  ),
  repository(
    "a permission that Gitea doesn't have",
    "teams: {labs: triage}",
    '7:38 sourceControl.repositories[0].teams.labs: "labs" is not one of this tenant\'s teams',
    '7:44 sourceControl.repositories[0].teams.labs: "triage" is a permission of GitHub alone; allowed: read, write, admin',
  ),
  repository(
    "what GitHub Actions read, in Gitea",
    "actions: {variables: {REGION: eu}}",
    "7:30 sourceControl.repositories[0].actions: is for GitHub Actions, and these repositories are in Gitea; leave it out",
  ),
  file(
    "a person without an account on GitHub",
    user("    services: {sourceControl: true}\nsourceControl: {system: github}\n"),
    "7:5 users[0]: has no `github`, the username on GitHub: people have accounts of their own there; or set `services: { sourceControl: false }`",
  ),
  file(
    "a GitHub username that can't be one",
    user("    github: ada--ash\n"),
    '11:13 users[0].github: "ada--ash" is not a GitHub username: letters, digits and single hyphens between them',
  ),
  onGithub(
    "a team that a role has in GitHub",
    "teams: [{id: developers}]",
    '7:14 teams[0].id: "developers" is reserved: the team of a role has this name in GitHub',
  ),
  onGithub(
    "an event that GitHub doesn't know",
    "",
    '8:114 sourceControl.repositories[0].webhooks[0].events[1]: "wiki" is not an event of GitHub',
    "webhooks: [{url: 'https://ci.example', events: [push, wiki]}]",
  ),
  onGithub(
    "a topic with a dot, in GitHub",
    "",
    "8:69 sourceControl.repositories[0].topics[0]: has a dot; GitHub's topics have none",
    "topics: [a.b]",
  ),
  onGithub(
    "more approvals than GitHub asks for",
    "",
    "8:81 sourceControl.repositories[0].protect.approvals: is more than the 6 approvals that GitHub can ask for",
    "protect: {approvals: 7}",
  ),
  onGithub(
    "a label's description that is too long for GitHub",
    "",
    "8:110 sourceControl.repositories[0].labels[0].description: is longer than the 100 characters that GitHub takes",
    `labels: [{name: l, color: "#000000", description: ${"x".repeat(101)}}]`,
  ),
  onGithub(
    "a description that is too long for GitHub",
    "",
    "8:73 sourceControl.repositories[0].description: is longer than the 350 characters that GitHub takes",
    `description: ${"x".repeat(351)}`,
  ),
  onGithub(
    "a variable of Actions that GitHub keeps for itself",
    "",
    "8:82 sourceControl.repositories[0].actions.variables.GITHUB_X: is no name in GitHub Actions: capital letters, digits and _, no digit first, no GITHUB_ before it",
    "actions: {variables: {GITHUB_X: a}}",
  ),
  onGithub(
    "a secret of Actions in clear",
    "",
    "8:87 sourceControl.repositories[0].actions.secrets.TOKEN: (hidden) is not a reference to a secret, env:NAME, never the secret itself",
    "actions: {secrets: {TOKEN: hush}}",
  ),
  section(
    "taking over what is in GitHub",
    "sourceControl: {system: github, adopt: true}",
    "6:40 sourceControl.adopt: can't be true in GitHub: repositories and teams that exist can't be taken over there yet",
  ),
  section(
    "an organization with an underscore",
    "sourceControl: {organization: acme_x}",
    '6:31 sourceControl.organization: "acme_x" is not an organization\'s name: 1 to 40 lower-case letters and digits with single hyphens or dots between them',
  ),
  file(
    "an id that Gitea keeps for itself",
    `${withId("explore")}services: {sourceControl: true}\n`,
    '2:5 id: "explore" can\'t be an organization in Gitea: the name is reserved; set `sourceControl.organization`',
  ),
  section(
    "an organization that Gitea keeps for itself",
    "services: {sourceControl: true}\nsourceControl: {organization: ghost}",
    '7:31 sourceControl.organization: "ghost" can\'t be an organization in Gitea: the name is reserved; choose another name',
  ),
  section(
    "a team named like a role's",
    "services: {sourceControl: true}\nteams: [{id: developers}]",
    '7:14 teams[0].id: "developers" is reserved: another team in Gitea has this name',
  ),
  section(
    "a team named like another's with a permission",
    "services: {sourceControl: true}\nteams: [{id: payments}, {id: payments-write}]",
    '7:30 teams[1].id: "payments-write" is reserved: another team in Gitea has this name',
  ),
  file(
    "an account's name that is too long for Gitea",
    named("acme-corporation-of-europe", "ada.josephine.a", "sourceControl"),
    `11:15 users[0].username: the account in Gitea would be "acme-corporation-of-europe_ada.josephine.a": it is 42 characters long, and Gitea takes 40; choose another`,
  ),
  file(
    "an account's name with two dots in a row, in Gitea",
    named("acme", "ada.-a", "sourceControl"),
    '11:15 users[0].username: the account in Gitea would be "acme_ada.-a": Gitea takes no two of . _ - in a row; choose another',
  ),
  file(
    "an account's name with an ending of Gitea's",
    named("acme", "ada.keys", "sourceControl"),
    '11:15 users[0].username: the account in Gitea would be "acme_ada.keys": Gitea keeps names in .keys for itself; choose another',
  ),
  ...["..", "-", "web.git", "web.WIKI", "a..b", "a/b", "a b"].map((name) =>
    section(
      `a repository's name that Gitea doesn't take: ${name}`,
      `sourceControl: {repositories: [{name: "${name}"}]}`,
      `6:39 sourceControl.repositories[0].name: "${name}" is not a repository's name: 1 to 100 letters, digits, dots, _ and -, no two dots in a row, no .git, .wiki, .rss or .atom last${name === "a b" ? "; did you mean a-b?" : ""}`,
    ),
  ),
  section(
    "two repositories of one name, in another case",
    "sourceControl: {repositories: [{name: web}, {name: Web}]}",
    `6:52 sourceControl.repositories[1].name: "web" is there twice; every repository's name must be different; see tenants/acme.yaml:6:39`,
  ),
  ...["../x", "/x", ".git/config", "a/.GIT/hooks", "a/../../x", "a//b", "a/", "."].map((path) =>
    repository(
      `a file outside of the repository: ${path}`,
      `files: [{path: "${path}", content: x}]`,
      `7:45 sourceControl.repositories[0].files[0].path: "${path}" is not a file's path inside the repository: no / first, no .., nothing in .git`,
    ),
  ),
  repository(
    "a file without text",
    "files: [{path: a}]",
    "7:38 sourceControl.repositories[0].files[0]: has no text: `content` holds it, or `source` names a file of this project",
  ),
  repository(
    "a file with two texts",
    "files: [{path: a, content: x, source: b}]",
    "7:60 sourceControl.repositories[0].files[0].source: has both `content` and `source`; keep one of them",
  ),
  repository(
    "a file from a hidden folder",
    "files: [{path: a, source: .tenantry/local/credentials.json}]",
    '7:56 sourceControl.repositories[0].files[0].source: ".tenantry/local/credentials.json" is not a path in this project, with forward slashes, without .. and hidden folders',
  ),
  repository(
    "two files of one path",
    "files: [{path: a, content: x}, {path: a, content: y}]",
    `7:68 sourceControl.repositories[0].files[1].path: "a" is there twice; every file's path must be different; see tenants/acme.yaml:7:45`,
  ),
  repository(
    "a team that isn't",
    "teams: {payments: write}",
    `7:38 sourceControl.repositories[0].teams.payments: "payments" is not one of this tenant's teams`,
  ),
  repository(
    "access that isn't",
    "teams: {payments: own}",
    '7:48 sourceControl.repositories[0].teams.payments: "own" is not allowed; allowed: read, triage, write, maintain, admin',
  ),
  repository(
    "a colour by name",
    "labels: [{name: bug, color: red}]",
    '7:58 sourceControl.repositories[0].labels[0].color: "red" is not a colour as #rrggbb, in lower case and in quotes',
  ),
  repository(
    "two labels and two topics of one name",
    'labels: [{name: bug, color: "#ff0000"}, {name: bug, color: "#00ff00"}], topics: [a, a]',
    '7:77 sourceControl.repositories[0].labels[1].name: "bug" is there twice; every label\'s name must be different; see tenants/acme.yaml:7:46',
    '7:114 sourceControl.repositories[0].topics[1]: "a" is there twice; every topic must be different; see tenants/acme.yaml:7:111',
  ),
  ...["http://hooks.example/x", "https://user:pw@hooks.example/", "hooks.example"].map((url) =>
    repository(
      `a webhook to ${url}`,
      `webhooks: [{url: "${url}", events: [push]}]`,
      `7:47 sourceControl.repositories[0].webhooks[0].url: "${url}" is not an https:// address, or http:// for localhost`,
    ),
  ),
  repository(
    "a webhook for an event that isn't",
    "webhooks: [{url: http://localhost:8080/hook, events: [pushed]}]",
    '7:84 sourceControl.repositories[0].webhooks[0].events[0]: "pushed" is not an event; allowed: create, delete, fork, push, issues, issues_only, issue_assign, issue_label, issue_milestone, issue_comment, pull_request, pull_request_only, pull_request_assign, pull_request_label, pull_request_milestone, pull_request_comment, pull_request_review, pull_request_review_request, pull_request_sync, wiki, repository, release, package, status, workflow_run, workflow_job, *, branch_protection_configuration, branch_protection_rule, check_run, check_suite, code_scanning_alert, commit_comment, dependabot_alert, deploy_key, deployment, deployment_status, discussion, discussion_comment, gollum, label, member, merge_group, meta, milestone, page_build, public, pull_request_review_comment, pull_request_review_thread, registry_package, repository_advisory, repository_import, repository_ruleset, repository_vulnerability_alert, secret_scanning_alert, secret_scanning_alert_location, star, team_add, watch, workflow_dispatch; did you mean push?',
  ),
  repository(
    "two webhooks to one address",
    "webhooks: [{url: https://a.example/, events: [push]}, {url: https://a.example/, events: [fork]}]",
    `7:90 sourceControl.repositories[0].webhooks[1].url: "https://a.example/" is there twice; every webhook's address must be different; see tenants/acme.yaml:7:47`,
  ),
  repository(
    "a private key, which is not shown",
    'deployKeys: [{title: ci, key: "-----BEGIN OPENSSH PRIVATE KEY-----"}]',
    "7:60 sourceControl.repositories[0].deployKeys[0].key: (hidden) is not a public SSH key, such as ssh-ed25519 AAAA…",
  ),
  repository(
    "two deploy keys of one title",
    `deployKeys: [{title: ci, key: ${publicKey}}, {title: ci, key: ${publicKey} me@there}]`,
    `7:151 sourceControl.repositories[0].deployKeys[1].title: "ci" is there twice; every deploy key's title must be different; see tenants/acme.yaml:7:51`,
  ),
  ...["-x", "a..b", "a.lock", "a/", "/a", "a b"].map((branch) =>
    repository(
      `a branch that git doesn't take: ${branch}`,
      `defaultBranch: "${branch}"`,
      `7:45 sourceControl.repositories[0].defaultBranch: "${branch}" is not a branch's name, such as main or release/1.0${branch === "a b" ? "; did you mean a-b?" : ""}`,
    ),
  ),
  repository(
    "a template repository without owner",
    "template: service",
    '7:40 sourceControl.repositories[0].template: "service" is not a repository as owner/name',
  ),
];

const others: readonly BrokenFile[] = [
  section(
    "a company's domain that is none",
    "crm: {company: {domain: https://acme.example}}",
    '6:25 crm.company.domain: "https://acme.example" is not a domain name in lower case, such as acme.example',
  ),
  section(
    "an invitation's template outside of its folder",
    "invitations: {template: ../x}",
    '6:25 invitations.template: "../x" is not the name of a folder of invitations/: lower-case letters, digits and hyphens',
  ),
  section(
    "help at an address without https",
    "invitations: {send: true, supportUrl: http://help.acme.example}",
    '6:39 invitations.supportUrl: "http://help.acme.example" is not an https:// address',
  ),
  file(
    "a reset by a number",
    user("    reset: 2\n"),
    '11:12 users[0].reset: 2 is not text; did you mean "2"?',
  ),
  file(
    "adopting by a word",
    user("    adopt: please\n"),
    '11:12 users[0].adopt: "please" is not true or false; allowed: true, false',
  ),
];

/** Files with mistakes in what servers beside the database and the realm have of a tenant. */
export const brokenSections: readonly BrokenFile[] = [
  ...collaboration,
  ...people,
  ...workspaces,
  ...sourceControl,
  ...brokenDelivery,
  ...others,
];
