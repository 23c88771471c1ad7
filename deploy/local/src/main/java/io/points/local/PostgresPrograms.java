package io.points.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per machine from the jar that carries them. */
final class PostgresPrograms {
    private static final Pattern VERSION = Pattern.compile("-(\\d[\\w.]*)\\.jar");

    private PostgresPrograms() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}. */
    static Path folder() throws IOException {
        String name = archiveFor(System.getProperty("os.arch"));
        URL archive = PostgresPrograms.class.getResource(name);
        if (archive == null) {
            throw new CannotStartException(
                    "PostgreSQL's programs are not on the class path (" + name + "): build Points on this machine.");
        }
        Matcher version = VERSION.matcher(archive.toString());
        return Cache.folder(
                "postgresql-" + (version.find() ? version.group(1) : "any"), target -> unpack(archive, target));
    }

    /** The archive in the jar of an architecture, as Java names it. */
    static String archiveFor(String architecture) {
        return switch (architecture) {
            case "amd64" -> "/postgres-linux-x86_64.txz";
            case "aarch64" -> "/postgres-linux-arm_64.txz";
            default ->
                throw new CannotStartException(
                        "Points runs on x86-64 and ARM64, and this Java is for " + architecture + ".");
        };
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream stream = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(stream)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
