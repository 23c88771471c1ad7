package io.points.kubernetes;

import io.points.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository that the manifests have to agree with. */
final class Project {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    static final Path MANIFESTS = ROOT.resolve("deploy/kubernetes");

    /** What the services share, of what they run. */
    static final List<String> SHARED = List.of("contract", "platform", "platform/ledger");

    private Project() {}

    /** Everything that matches in what the services run. */
    static Set<String> findInServices(String suffix, Pattern pattern) {
        Set<String> found = new TreeSet<>();
        for (String shared : SHARED) {
            found.addAll(find(shared + "/src/main", suffix, pattern));
        }
        for (Service service : Service.values()) {
            found.addAll(find(service.module() + "/src/main", suffix, pattern));
        }
        return found;
    }

    static String read(String file) {
        return read(ROOT.resolve(file));
    }

    /** Everything that matches the pattern's first group in what is under a folder. */
    static Set<String> find(String folder, String suffix, Pattern pattern) {
        Set<String> found = new TreeSet<>();
        for (Path file : files(folder, suffix)) {
            Matcher matcher = pattern.matcher(read(file));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
