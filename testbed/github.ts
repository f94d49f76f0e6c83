import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "./place.ts";
import type { Server } from "./server.ts";

const program = fileURLToPath(new URL("github/main.ts", import.meta.url));

/** The stand-in's organization. */
const organization = "tenantry";

/** A stand-in for GitHub Enterprise Server, made of npm's `emulate`: its REST API, as far as that knows it. */
export const github: Server = {
  name: "github",
  title: "GitHub (stand-in)",
  optional: true,
  needs: [],
  ports: ["http"],
  stopSignal: "SIGTERM",
  patience: 30_000,

  address,
  obtain: () => Promise.resolve(),

  prepare(place) {
    const folder = join(place.folder, "data");
    return Promise.resolve({
      argv: [process.execPath, program, folder],
      mark: folder,
      env: {
        PORT: String(place.port("http")),
        GITHUB_ORGANIZATION: organization,
        GITHUB_TOKEN: tokenOf(place),
      },
    });
  },

  async ready(place) {
    const url = `${address(place)}/api/v3/orgs/${organization}`;
    const headers = { authorization: `Bearer ${tokenOf(place)}` };
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(url, { headers, signal }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok ?? false;
  },

  bootstrap: () => Promise.resolve(),
  environment: (place) => ({ github: { url: address(place), organization } }),
  credentials: (place) => ({ GITHUB_TOKEN: tokenOf(place) }),
};

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}

/** Of the organization's owner. */
const tokenOf = (place: Place): string => `ghp_${place.secret("token")}`;
