import { readFileSync } from "node:fs";
import { join } from "node:path";
import { standIn } from "./serve.ts";
import { Store } from "./store.ts";

/** The stand-in's process: `main.ts <its folder>`, its port and its token in the environment. */
const [, , folder = ""] = process.argv;
const { PORT: port, TFE_TOKEN: token } = process.env;
if (folder === "" || port === undefined || !token) throw new Error("it takes a folder, PORT and TFE_TOKEN");

const [cert, key] = ["certificate.pem", "key.pem"].map((name) => readFileSync(join(folder, name), "utf8"));
const server = standIn(new Store(join(folder, "store.json")), token, { cert: cert ?? "", key: key ?? "" });
server.listen(Number(port), "127.0.0.1", () =>
  console.log(`stand-in for Terraform Cloud on https://127.0.0.1:${port}`),
);
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
});
