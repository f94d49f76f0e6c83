// Ends this process when the engine that started it dies, even by `kill -9`: the engine holds the other end of the
// standard input and never writes to it. Without an engine's address (attached by hand) nobody is watched.
if (process.argv.length > 2) {
  process.stdin.resume().once("end", () => process.exit(1));
}
