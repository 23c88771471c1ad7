package io.points.platform.web.admission;

import io.quarkus.runtime.annotations.StaticInitSafe;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Two switches of the HTTP server that are read before any bean is there. It has no settings: sources of configuration are
 * all that a library can have loaded that early.
 *
 * <p>The first lets Netty find {@link ServerConnections}, for which it looks once, at the first connection of any client. The
 * second stops Quarkus from answering a target that is no URI by itself, before any filter, with a 400 without a body:
 * {@link RequestEntry} checks path and query anyway, and reports what is wrong.
 */
@StaticInitSafe
public final class ServerSwitches implements ConfigSource {

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
        return "Switches of the HTTP server";
    }
}
