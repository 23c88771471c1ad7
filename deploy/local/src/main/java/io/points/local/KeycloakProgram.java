package io.points.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Keycloak, unpacked and built for its file database once per machine. */
final class KeycloakProgram {
    private static final String PREFIX = "keycloak-quarkus-dist-";
    /** A new one where it is built otherwise: the first took settings from the person's environment with it. */
    private static final String BUILT_AS = "2";

    private KeycloakProgram() {}

    /** Keycloak's home folder, ready for {@code start --optimized}. */
    static Path home() throws IOException {
        Path archive = archive();
        return Cache.folder(folderName(archive), home -> {
            unpack(archive, home);
            build(home);
        });
    }

    /** Whether that has been done before. */
    static boolean isReady() {
        try {
            return Cache.has(folderName(archive()));
        } catch (IOException e) {
            return false;
        }
    }

    private static String folderName(Path archive) {
        return "keycloak-" + BUILT_AS + "-"
                + archive.getFileName().toString().replace(PREFIX, "").replace(".zip", "");
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Repository.keycloakDistribution())) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + ".*\\.zip"))
                    .sorted()
                    .reduce((older, newer) -> newer)
                    .orElseThrow(
                            () -> new CannotStartException("Keycloak's distribution is missing; build deploy/local."));
        }
    }

    private static void unpack(Path archive, Path home) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // The first name is that of the folder around all.
                Path name = Path.of(entry.getName());
                if (entry.isDirectory() || name.getNameCount() < 2) {
                    continue;
                }
                Path file = home.resolve(name.subpath(1, name.getNameCount())).normalize();
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** Fixes what a start would have to work out each time; the database is a file in each stack's folder. */
    private static void build(Path home) throws IOException {
        List<String> command = java(home, "512m");
        command.addAll(List.of("build", "--db=dev-file"));
        Shell.run(command, home.resolve("build.log"));
    }

    /** What {@code kc.sh} would run, without a shell in between that would take our signals. */
    static List<String> java(Path home, String heap) {
        return new ArrayList<>(List.of(
                Shell.java(),
                "-Xms64m",
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                // It has to start fast, not to be fast: most of its work here is done once.
                "-XX:TieredStopAtLevel=1",
                "-XX:MetaspaceSize=96M",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    }
}
