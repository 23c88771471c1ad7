package io.points.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.points.platform.web.admission.ServerConnections;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * Netty looks for its extensions by its own class loader. That of a service sees all that the service is made of, but in tests
 * Quarkus loads Netty apart, where it sees nothing of ours. So it gets ours by hand, as if it had found it.
 */
final class NettyExtensions {

    private NettyExtensions() {}

    /** Must be called before a server listens. */
    static void install() {
        try {
            var extensions = Class.forName("io.netty.bootstrap.ChannelInitializerExtensions");
            var found = Class.forName(extensions.getName() + "$ServiceLoadingExtensions");
            var make = found.getDeclaredConstructor(boolean.class);
            make.setAccessible(true);
            var ours = make.newInstance(true);
            set(found, ours, "classLoader", new WeakReference<>(ServerBootstrap.class.getClassLoader()));
            set(found, ours, "extensions", List.of(new ServerConnections()));
            set(extensions, null, "implementation", ours);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Netty keeps its extensions otherwise than it did", e);
        }
    }

    private static void set(Class<?> type, Object object, String name, Object value)
            throws ReflectiveOperationException {
        var field = type.getDeclaredField(name);
        field.setAccessible(true);
        field.set(object, value);
    }
}
