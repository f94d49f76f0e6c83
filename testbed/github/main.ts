import { mkdirSync } from "node:fs";
import { standIn } from "./serve.ts";
import { StandIn } from "./stand-in.ts";

/** The stand-in's process: `main.ts <folder>`; its port, its organization and its owner's token in the environment. */
const [, , folder = ""] = process.argv;
const { PORT: port, GITHUB_ORGANIZATION: organization, GITHUB_TOKEN: token } = process.env;
if (folder === "" || port === undefined || !organization || !token) {
  throw new Error("it takes a folder, PORT, GITHUB_ORGANIZATION and GITHUB_TOKEN");
}

mkdirSync(folder, { recursive: true, mode: 0o700 });
// A socket's path may not be long: it is given from here.
process.chdir(folder);
const github = new StandIn({ url: `http://127.0.0.1:${port}`, organization, token });
await github.start();

const server = standIn(github);
server.listen(Number(port), "127.0.0.1", () =>
  console.log(`stand-in for GitHub on http://127.0.0.1:${port}`),
);
process.once("SIGTERM", () => process.exit());
