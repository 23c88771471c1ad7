package io.points.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One instance of a packaged service; several of the same service need only different ports. */
public final class ServiceProcess extends QuarkusProcess {
    private final Service service;
    private final Wiring wiring;

    /**
     * Describes an instance.
     *
     * @param name its name, the module's for the first one
     * @param service which service it is
     * @param folder where its log is kept
     * @param port the HTTP port, 0 for any free one
     * @param environment where its database, broker and identity provider are, asked for at each start: see
     *     {@link Stack#environmentOf}
     * @param wiring where it was built, and what overrides that
     */
    ServiceProcess(
            String name,
            Service service,
            Path folder,
            int port,
            Supplier<Map<String, String>> environment,
            Wiring wiring) {
        super(name, service.jar(wiring.built()), folder, port, environment);
        this.service = service;
        this.wiring = wiring;
    }

    @Override
    Map<String, String> environment() {
        Map<String, String> whole = new TreeMap<>(super.environment());
        whole.putAll(wiring.environment(name()));
        return whole;
    }

    /** Which service it is. */
    public Service service() {
        return service;
    }
}
