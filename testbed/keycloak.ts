import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../report/failure.ts";
import { java } from "./java.ts";
import { distribution, obtainDistribution } from "./keycloak-distribution.ts";
import { javaOptions } from "./keycloak-java-options.ts";
import type { Place } from "./place.ts";
import type { Server } from "./server.ts";

const administrator = "tenantry";

/** Keycloak with its file database: for development and tests. */
export const keycloak: Server = {
  name: "keycloak",
  title: "Keycloak",
  needs: [],
  ports: ["http", "management"],
  stopSignal: "SIGTERM",
  patience: 300_000,

  address,
  obtain: obtainDistribution,

  async prepare(place) {
    const program = await java();
    const home = join(place.folder, "home");
    makeHome(home);
    // A first start that was killed leaves half a database: Keycloak would wait for its own lock in there.
    if (!existsSync(place.bootstrapped)) rmSync(join(home, "data"), { recursive: true, force: true });
    return {
      argv: [program, `-Djava.io.tmpdir=${join(home, "tmp")}`, ...javaOptions(home), "start", "--optimized"],
      mark: `-Dkc.home.dir=${home} `,
      env: {
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator,
        KC_BOOTSTRAP_ADMIN_PASSWORD: place.secret("admin"),
        KC_CACHE: "local",
        KC_HOSTNAME_STRICT: "false",
        // Else it logs each time that it's asked whether it's ready and isn't yet.
        KC_LOG_LEVEL: "info,io.smallrye.health:warn",
        KC_HTTP_ENABLED: "true",
        KC_HTTP_HOST: "127.0.0.1",
        KC_HTTP_PORT: String(place.port("http")),
        KC_HTTP_MANAGEMENT_HOST: "127.0.0.1",
        KC_HTTP_MANAGEMENT_PORT: String(place.port("management")),
      },
    };
  },

  async ready(place) {
    const url = `http://127.0.0.1:${place.port("management")}/health/ready`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return response?.ok ?? false;
  },

  /** Keycloak makes the administrator from its environment at its first start: here it's seen to work. */
  async bootstrap(place) {
    const response = await fetch(`${address(place)}/realms/master/protocol/openid-connect/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "password",
        client_id: "admin-cli",
        username: administrator,
        password: place.secret("admin"),
      }),
    });
    await response.body?.cancel();
    if (response.ok) return;
    throw new Failure("keycloak-admin", `Keycloak refuses its own administrator: ${response.status}`, {
      system: "Keycloak",
      fix: "start afresh, without its data: npx tenantry local down --only keycloak --delete",
    });
  },

  environment: (place) => ({ keycloak: { url: address(place) } }),
  credentials: (place) => ({
    KEYCLOAK_CLIENT_ID: "admin-cli",
    KEYCLOAK_USER: administrator,
    KEYCLOAK_PASSWORD: place.secret("admin"),
  }),
};

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}

/** A home for this project: its own data, the shared distribution's programs. */
function makeHome(home: string): void {
  mkdirSync(join(home, "tmp"), { recursive: true });
  for (const name of ["lib", "conf", "providers", "themes", "version.txt"]) {
    rmSync(join(home, name), { force: true });
    symlinkSync(join(distribution, name), join(home, name));
  }
}
