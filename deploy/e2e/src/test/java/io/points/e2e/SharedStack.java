package io.points.e2e;

import io.points.local.LocalConsole;
import io.points.local.Ports;
import io.points.local.Progress;
import io.points.local.Stack;
import io.points.local.Wiring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stack for all tests of this module, on free ports and an empty folder, stopped when the last one is done. Its services
 * log as in production, and send to the {@link Collector} what they are told to trace.
 */
final class SharedStack implements ParameterResolver {

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(SharedStack.class);

    /** Closed by JUnit with the root store. */
    private record Running(Stack stack, Collector collector, FirstAnswers first) implements AutoCloseable {
        @Override
        public void close() {
            stack.close();
            collector.close();
        }
    }

    private record Observed(Collector collector) implements Wiring {
        @Override
        public Map<String, String> environment(String instance) {
            return Map.of(
                    "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                    "true",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint(),
                    // Only what a test asks for.
                    "OTEL_TRACES_SAMPLER_ARG",
                    "0");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Set.of(Stack.class, Collector.class, FirstAnswers.class, LocalConsole.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var running = context.getRoot().getStore(HERE).computeIfAbsent(Running.class, x -> start(), Running.class);
        var type = parameter.getParameter().getType();
        if (type == FirstAnswers.class) {
            return running.first();
        }
        if (type == LocalConsole.class) {
            // Whoever needs none does not wait for it.
            return context.getRoot()
                    .getStore(HERE)
                    .computeIfAbsent(LocalConsole.class, x -> running.stack().console(), LocalConsole.class);
        }
        return type == Stack.class ? running.stack() : running.collector();
    }

    private static Running start() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "stack")), "run");
            var collector = new Collector();
            var stack = new Stack(folder, Ports.free(), Progress.SILENT, new Observed(collector));
            stack.start();
            return new Running(stack, collector, FirstAnswers.of(new Client(stack)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
