import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "./place.ts";
import type { Server } from "./server.ts";

const program = fileURLToPath(new URL("twenty/main.ts", import.meta.url));

/** A stand-in for Twenty, whose own server no package registry has: people, companies, members, in a process of ours. */
export const twenty: Server = {
  name: "twenty",
  title: "Twenty (stand-in)",
  optional: true,
  needs: [],
  ports: ["http"],
  stopSignal: "SIGTERM",
  patience: 30_000,

  address,
  obtain: () => Promise.resolve(),

  prepare(place) {
    const file = join(place.folder, "workspace.json");
    return Promise.resolve({
      argv: [process.execPath, program, file],
      mark: file,
      env: { PORT: String(place.port("http")), TWENTY_API_KEY: place.secret("key") },
    });
  },

  async ready(place) {
    const url = `${address(place)}/healthz`;
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok ?? false;
  },

  bootstrap: () => Promise.resolve(),
  environment: (place) => ({ twenty: { url: address(place) } }),
  credentials: (place) => ({ TWENTY_API_KEY: place.secret("key") }),
};

function address(place: Place): string {
  return `http://127.0.0.1:${place.port("http")}`;
}
