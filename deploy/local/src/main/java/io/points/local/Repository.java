package io.points.local;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the repository lies on this machine, and what its build has put there. */
public final class Repository {
    private static final Path MARK = Path.of("deploy", "local", "pom.xml");

    private Repository() {}

    /**
     * The repository's root: found from the system property {@code points.root}, from where this class was loaded, or from
     * the working directory, each with its parents.
     */
    public static Path root() {
        return Stream.of(fromProperty(), fromCode(), Optional.of(Path.of("")))
                .flatMap(Optional::stream)
                .map(Repository::upwards)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new CannotStartException(
                        "The Points repository was not found from here; set -Dpoints.root to its folder."));
    }

    /** The git-ignored folder for everything that the stack keeps. */
    public static Path state() {
        return root().resolve(".points");
    }

    /** The jars of the Kafka broker, as the build of this module copied them. */
    static Path kafkaJars() {
        return built("kafka");
    }

    /** The folder with Keycloak's distribution, as the build of this module copied it. */
    static Path keycloakDistribution() {
        return built("keycloak");
    }

    private static Path built(String folder) {
        Path path = root().resolve("deploy/local/target").resolve(folder);
        if (!Files.isDirectory(path)) {
            throw new CannotStartException(
                    path + " is missing; build it with: mvn -pl deploy/local -am process-classes");
        }
        return path;
    }

    private static Optional<Path> fromProperty() {
        return Optional.ofNullable(System.getProperty("points.root"))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> fromCode() {
        CodeSource source = Repository.class.getProtectionDomain().getCodeSource();
        if (source == null || !"file".equals(source.getLocation().getProtocol())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Path upwards(Path from) {
        for (Path path = from.toAbsolutePath().normalize(); path != null; path = path.getParent()) {
            if (Files.isRegularFile(path.resolve(MARK))) {
                return path;
            }
        }
        return null;
    }
}
