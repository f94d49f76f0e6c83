import { existsSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "./place.ts";
import { selfSigned } from "./self-signed.ts";
import type { Server } from "./server.ts";
import { firstConnection, firstOrganization } from "./tfe/organizations.ts";
import { writePrivate } from "./write-private.ts";

const program = fileURLToPath(new URL("tfe/main.ts", import.meta.url));

/** A stand-in for Terraform Cloud, which nobody can run, in a process of ours. It wants HTTPS: its clients do. */
export const tfe: Server = {
  name: "tfe",
  title: "Terraform Cloud (stand-in)",
  optional: true,
  needs: [],
  ports: ["https"],
  stopSignal: "SIGTERM",
  patience: 30_000,

  address,
  obtain: () => Promise.resolve(),

  prepare(place) {
    const [certificate, key] = [join(place.folder, "certificate.pem"), join(place.folder, "key.pem")];
    if (!existsSync(certificate)) {
      const made = selfSigned({ days: 3650 });
      writePrivate(key, made.key);
      writePrivate(certificate, made.cert);
    }
    return Promise.resolve({
      argv: [process.execPath, program, place.folder],
      mark: place.folder,
      env: { PORT: String(place.port("https")), TFE_TOKEN: place.secret("token") },
    });
  },

  ready: (place) =>
    new Promise((resolve) => {
      const options = { rejectUnauthorized: false, timeout: 5_000 };
      const request = get(`${address(place)}/api/v2/ping`, options, (response) => {
        response.resume();
        resolve(response.statusCode === 204);
      });
      request.on("timeout", () => request.destroy()).on("error", () => resolve(false));
    }),

  bootstrap: () => Promise.resolve(),
  environment: (place) => ({
    tfe: { url: address(place), organization: firstOrganization, vcs: { oauthToken: firstConnection } },
  }),
  credentials: (place) => ({ TFE_TOKEN: place.secret("token") }),
};

function address(place: Place): string {
  return `https://127.0.0.1:${place.port("https")}`;
}
