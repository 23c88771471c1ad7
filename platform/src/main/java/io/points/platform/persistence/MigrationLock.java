package io.points.platform.persistence;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * While it migrates, Flyway holds a lock in a transaction that stays open. An index that is built {@code concurrently} waits
 * for the end of every transaction, and so for ever for this one: the lock is a session's instead.
 */
@ApplicationScoped
@FlywayDataSource("owner")
class MigrationLock implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
    }
}
