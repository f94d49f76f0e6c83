import { connect } from "node:net";
import { join } from "node:path";
import { once } from "node:events";
import { root } from "../cli/project-root.ts";
import type { Place } from "./place.ts";
import type { Server } from "./server.ts";

const login = "tenantry";

/** A mail server that delivers nothing: each mail becomes a file in the folder `inbox`. */
export const mail: Server = {
  name: "mail",
  title: "Mail",
  optional: true,
  needs: [],
  ports: ["smtp"],
  stopSignal: "SIGTERM",
  patience: 30_000,

  address: (place) => `smtp://127.0.0.1:${place.port("smtp")}, what arrives is in ${inboxOf(place)}`,
  obtain: () => Promise.resolve(),

  prepare(place) {
    const inbox = inboxOf(place);
    return Promise.resolve({
      argv: [process.execPath, join(root, "testbed", "mail", "main.ts"), inbox],
      mark: inbox,
      env: {
        PORT: String(place.port("smtp")),
        SMTP_USERNAME: login,
        SMTP_PASSWORD: place.secret("password"),
      },
    });
  },

  /** Its greeting is the first thing on the line. */
  async ready(place) {
    const socket = connect({ host: "127.0.0.1", port: place.port("smtp"), timeout: 5_000 });
    try {
      socket.once("timeout", () => socket.destroy(new Error("silent")));
      return String(await once(socket, "data")).startsWith("220 ");
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  },

  bootstrap: () => Promise.resolve(),
  environment: (place) => ({
    mail: {
      host: "127.0.0.1",
      port: place.port("smtp"),
      tls: "none",
      from: "Tenantry <tenantry@tenantry.example>",
    },
  }),
  credentials: (place) => ({ SMTP_USERNAME: login, SMTP_PASSWORD: place.secret("password") }),
};

/** The folder that mail arrives in, a file each: `<time>-<to>-<id>.eml`. */
export function inboxOf(place: Place): string {
  return join(place.folder, "inbox");
}
