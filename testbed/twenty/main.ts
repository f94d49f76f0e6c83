import { standIn } from "./serve.ts";
import { Workspace } from "./workspace.ts";

/** The stand-in's process: `main.ts <file of the workspace>`, its port and its API key in the environment. */
const [, , file = ""] = process.argv;
const { PORT: port, TWENTY_API_KEY: key } = process.env;
if (file === "" || port === undefined || !key) throw new Error("it takes a file, PORT and TWENTY_API_KEY");

const server = standIn(new Workspace(file), key);
server.listen(Number(port), "127.0.0.1", () =>
  console.log(`stand-in for Twenty on http://127.0.0.1:${port}`),
);
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close();
});
