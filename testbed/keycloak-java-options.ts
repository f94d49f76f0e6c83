import { join } from "node:path";

/**
 * What `bin/kc.sh` passes to Java, without the shell in between: the script stays the parent of the real process, so a
 * hard stop of the one would leave the other. `home` holds `lib`, `conf` and `data`.
 */
export function javaOptions(home: string): string[] {
  const opens = ["java.util", "java.util.concurrent", "java.security", "java.lang"];
  return [
    ...["-Xms64m", "-Xmx512m", "-XX:MaxMetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError"],
    // It starts almost twice as fast with the simpler compiler and collector; a testbed never runs hot.
    ...["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"],
    ...["-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US"],
    ...opens.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    `-Dkc.home.dir=${home}`,
    `-Djboss.server.config.dir=${join(home, "conf")}`,
    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
    "-Dpicocli.disable.closures=true",
    ...["-cp", join(home, "lib", "quarkus-run.jar"), "io.quarkus.bootstrap.runner.QuarkusEntryPoint"],
  ];
}
