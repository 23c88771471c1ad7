package io.points.local;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Prometheus on 127.0.0.1, looking at the four services and judging them by the rules that a cluster has. */
public final class LocalPrometheus extends LocalProcess {
    private static final String RULES = "deploy/kubernetes/base/monitoring/rules.yaml";
    private static final String GROUPS = "  groups:";

    private final Ports ports;
    private final String program;

    /**
     * Describes one; it keeps what it has seen for a week.
     *
     * @param folder where its data and log are kept
     * @param ports where it listens, and where the services do
     * @param program what to run
     */
    LocalPrometheus(Path folder, Ports ports, String program) {
        super("prometheus", folder, ports.prometheus());
        this.ports = ports;
        this.program = program;
    }

    @Override
    void prepare() throws IOException {
        Files.writeString(folder().resolve("prometheus.yml"), configuration(ports));
        Files.writeString(
                folder().resolve("rules.yml"),
                groups(Files.readString(Repository.root().resolve(RULES))));
    }

    /** Each service is a job under its module's name, as its ServiceMonitor makes it in a cluster. */
    static String configuration(Ports ports) {
        return """
                global:
                  scrape_interval: 5s
                  evaluation_interval: 5s
                rule_files:
                  - rules.yml
                scrape_configs:
                """
                + Arrays.stream(Service.values())
                        .map(service -> """
                                  - job_name: %s
                                    metrics_path: /q/metrics
                                    static_configs:
                                      - targets: ["%s:%s"]
                                """.formatted(service.module(), Ports.HOST, ports.of(service)))
                        .collect(joining());
    }

    /** What Prometheus reads of a PrometheusRule: what is under its {@code spec}, which stands last. */
    static String groups(String rule) {
        int from = rule.indexOf("\n" + GROUPS + "\n") + 1;
        if (from == 0) {
            throw new CannotStartException(RULES + " has no line \"" + GROUPS + "\".");
        }
        return rule.substring(from).replaceAll("(?m)^  ", "");
    }

    @Override
    List<String> command() {
        return List.of(
                program,
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--storage.tsdb.retention.time=7d",
                "--web.listen-address=" + host() + ":" + port());
    }

    @Override
    boolean answers() throws Exception {
        return Http.status(URI.create(url() + "/-/ready")) == 200;
    }

    /** Where it is reached, without a slash at the end. */
    public String url() {
        return "http://" + host() + ":" + port();
    }
}
