package io.points.local;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a child process finds in its environment: what every program needs, and nothing of the person's shell that one of
 * them would take for a setting of its own ({@code KC_…}, {@code KAFKA_…}, {@code PG…}, {@code QUARKUS_…},
 * {@code JAVA_TOOL_OPTIONS}). Its texts for machines are written in no person's language.
 */
final class ChildEnvironment {
    private static final Set<String> KEPT = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "TMPDIR",
            "TZ",
            "TERM",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY");

    private ChildEnvironment() {}

    /** Makes the builder's environment that of a child. */
    static ProcessBuilder of(ProcessBuilder builder) {
        Map<String, String> clean = from(builder.environment());
        builder.environment().clear();
        builder.environment().putAll(clean);
        return builder;
    }

    static Map<String, String> from(Map<String, String> ours) {
        Map<String, String> clean = new TreeMap<>(ours);
        clean.keySet().retainAll(KEPT);
        clean.put("LC_ALL", "C.UTF-8");
        // A JVM's many threads would each get memory of their own from the C library, and keep it.
        clean.put("MALLOC_ARENA_MAX", "2");
        return clean;
    }
}
