/** See cache-folder.mjs: the first lines of a command need it, before there is TypeScript. */
export function cacheFolder(environment?: NodeJS.ProcessEnv): string;
