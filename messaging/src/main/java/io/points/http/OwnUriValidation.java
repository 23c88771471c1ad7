package io.points.http;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Two switches of the HTTP server that are read before any bean is there. The first lets Netty find {@link ServerConnections}: it
 * looks once, when the first connection of any client is made. The second switches off that Quarkus answers a target that is no URI by itself, before any filter, with a 400 without a body:
 * {@link RequestEntry} looks at path and query anyway, and says what is wrong. Quarkus reads the switch when its HTTP server's
 * classes are loaded; sources of configuration are all that a library can have loaded before that. It has no settings.
 */
@StaticInitSafe
public final class OwnUriValidation implements ConfigSource {

    static {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
        System.setProperty("vertx.disableURIValidation", "true");
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        return null;
    }

    @Override
    public String getName() {
        return "The HTTP server's URIs are validated by RequestEntry";
    }
}
