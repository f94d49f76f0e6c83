import { fileURLToPath } from "node:url";

/** The project's folder: the one that holds `cli/`, wherever the command was typed. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
