package io.points.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the person at the terminal sees. */
final class Terminal {
    private static final long MEGABYTE = 1 << 20;

    private final PrintStream out;

    Terminal(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        synchronized (out) {
            out.println(text);
            out.flush();
        }
    }

    void blank() {
        line("");
    }

    /** One row for each part: what it is, where, how much memory it holds and how long it took to come up. */
    void table(List<RunRecord.Part> parts) {
        line("%-22s %-5s %8s %6s %10s %10s".formatted("PART", "STATE", "PROCESS", "PORT", "MEMORY", "START-UP"));
        for (RunRecord.Part part : parts) {
            ProcessHandle process = part.process().find().orElse(null);
            line(String.format(
                    Locale.ROOT,
                    "%-22s %-5s %8d %6d %7d MB %8.1f s",
                    part.name(),
                    process == null ? "down" : "up",
                    part.process().pid(),
                    part.port(),
                    process == null ? 0 : Memory.resident(process) / MEGABYTE,
                    part.startUp().toMillis() / 1000.0));
        }
    }

    /** Where to look. */
    void observed(LocalPrometheus prometheus) {
        blank();
        line("Prometheus looks at the four services: %s/graph".formatted(prometheus.url()));
        line("  alerts           %s/alerts".formatted(prometheus.url()));
        line("  try              sum by (state) (rate(points_distribution_duration_seconds_count[1m]))");
        line("  more             deploy/kubernetes/base/monitoring/dashboards, for a Grafana of yours");
        blank();
    }

    /** Where a person begins. */
    void console(String url) {
        blank();
        line("Console  %s".formatted(url));
        line(
                "  log in as admin, finance, auditor, triton-manager, triton-manager-b, triton-lead, triton-employee-a ... (password: %s)"
                        .formatted(LocalKeycloak.DEMO_PASSWORD));
        blank();
    }

    /** The last screen of {@code points up}. */
    void welcome(Stack stack, Duration took) {
        blank();
        line(String.format(
                Locale.ROOT, "Points is up after %.1f s. Data and logs: %s", took.toMillis() / 1000.0, stack.folder()));
        blank();
        for (Service service : Service.values()) {
            line("  %-22s %s".formatted(service.module(), stack.service(service).url()));
        }
        line("  %-22s %s (administrator: %s, password in %s)"
                .formatted(
                        "keycloak",
                        stack.keycloak().url(),
                        LocalKeycloak.ADMINISTRATOR,
                        stack.keycloak().administratorFile()));
        line("  %-22s %s".formatted("kafka", stack.kafka().bootstrap()));
        line("  %-22s %s:%s"
                .formatted(
                        "postgresql", stack.postgres().host(), stack.postgres().port()));
        blank();
        line("Demo users, password " + LocalKeycloak.DEMO_PASSWORD + " each:");
        line("  platform         admin, admin-b, finance, finance-b, auditor");
        line("  Triton Energy    triton-manager, triton-lead, triton-employee-a, triton-employee-b");
        line("  Borealis Foods   borealis-manager, borealis-lead, borealis-employee");
        blank();
        line("Try:");
        line("  curl -H \"Authorization: Bearer $(" + Hint.command("token admin", stack.folder()) + ")\" "
                + stack.service(Service.ALLOCATION).url() + "/api/platform/tenants");
        line("  " + Hint.command("demo", stack.folder()));
        line("  " + Hint.command("down", stack.folder()));
        blank();
    }
}
