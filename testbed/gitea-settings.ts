import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Place } from "./place.ts";
import type { User } from "./server.ts";

/** Tasks that Gitea runs by itself unless told not to: they cost time, and one of them asks the internet for updates. */
const tasks = [
  ...["update_mirrors", "repo_health_check", "check_repo_stats", "archive_cleanup", "sync_external_users"],
  ...["deleted_branches_cleanup", "update_migration_poster_id", "cleanup_hook_task_table"],
  ...["cleanup_packages", "cleanup_actions", "update_checker"],
];

/**
 * The text of Gitea's app.ini. It holds secrets.
 *
 * @param data the folder for everything that Gitea writes
 * @param software the folder with its templates and pages
 */
export function giteaSettings(place: Place, user: User | undefined, data: string, software: string): string {
  const port = place.port("http");
  return ini({
    "": { APP_NAME: "Gitea", RUN_MODE: "prod", RUN_USER: user?.name ?? userInfo().username, WORK_PATH: data },
    server: {
      PROTOCOL: "http",
      DOMAIN: "127.0.0.1",
      HTTP_ADDR: "127.0.0.1",
      HTTP_PORT: port,
      ROOT_URL: `http://127.0.0.1:${port}/`,
      START_SSH_SERVER: true,
      SSH_DOMAIN: "127.0.0.1",
      SSH_LISTEN_HOST: "127.0.0.1",
      SSH_PORT: place.port("ssh"),
      SSH_LISTEN_PORT: place.port("ssh"),
      OFFLINE_MODE: true,
      LFS_START_SERVER: false,
      STATIC_ROOT_PATH: software,
      APP_DATA_PATH: data,
      GRACEFUL_HAMMER_TIME: "5s",
    },
    database: { DB_TYPE: "sqlite3", PATH: join(data, "gitea.db"), SQLITE_JOURNAL_MODE: "WAL" },
    repository: { ROOT: join(data, "repositories") },
    security: {
      INSTALL_LOCK: true,
      SECRET_KEY: place.secret("key"),
      INTERNAL_TOKEN: place.secret("internal"),
    },
    // It wants exactly 32 bytes, even with the provider off.
    oauth2: { ENABLED: false, JWT_SECRET: sha256(place.secret("jwt")) },
    openid: { ENABLE_OPENID_SIGNIN: false, ENABLE_OPENID_SIGNUP: false },
    service: { DISABLE_REGISTRATION: true, REQUIRE_SIGNIN_VIEW: false, ENABLE_NOTIFY_MAIL: false },
    mailer: { ENABLED: false },
    webhook: { ALLOWED_HOST_LIST: "loopback" },
    migrations: { ALLOW_LOCALNETWORKS: true },
    mirror: { ENABLED: false },
    actions: { ENABLED: false },
    indexer: { ISSUE_INDEXER_TYPE: "db" },
    log: { MODE: "console", LEVEL: "Warn", ROOT_PATH: join(data, "log") },
    ...Object.fromEntries(tasks.map((task) => [`cron.${task}`, { ENABLED: false }])),
  });
}

type Values = Readonly<Record<string, string | number | boolean>>;

function ini(sections: Readonly<Record<string, Values>>): string {
  const lines = Object.entries(sections).flatMap(([name, values]) => [
    ...(name === "" ? [] : [`[${name}]`]),
    // In backticks nothing has a meaning of its own.
    ...Object.entries(values).map(([key, value]) => `${key} = \`${value}\``),
  ]);
  return `${lines.join("\n")}\n`;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");
