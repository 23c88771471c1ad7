package io.points.local;

import java.nio.file.Path;

/** The four services and what is particular to each. */
public enum Service {
    /** Tenants and their pools. */
    ALLOCATION("allocation", 81),
    /** Members, wallets and distributions. */
    DISTRIBUTION("distribution", 82),
    /** Billing entries. */
    BILLING("billing", 83),
    /** Audit records. */
    AUDIT("audit", 84);

    private final String database;
    private final int portOffset;

    Service(String database, int portOffset) {
        this.database = database;
        this.portOffset = portOffset;
    }

    /** The name of its database. */
    public String database() {
        return database;
    }

    /** The login that owns the database and runs its migrations. */
    public String ownerLogin() {
        return database + "_owner";
    }

    /** The restricted login that the running service uses. */
    public String appLogin() {
        return database + "_app";
    }

    /** The name of the module, which is also that of its consumer group. */
    public String module() {
        return database + "-service";
    }

    /** The packaged application, as the module's build leaves it in this repository. */
    public Path jar() {
        return jar(Repository.root());
    }

    /** The packaged application, as its build has left it in a copy of the repository, such as one of another revision. */
    public Path jar(Path repository) {
        return repository.resolve(module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The archive of its classes that the build makes beside it, with which a JVM starts sooner. */
    public Path classArchive(Path repository) {
        return jar(repository).resolveSibling("app-cds.jsa");
    }

    int portOffset() {
        return portOffset;
    }
}
