package io.points.allocation.alert;

import io.points.allocation.alert.Alerts.Finding;
import io.points.allocation.stats.LimitNews;
import io.points.contract.Envelope;
import io.points.contract.PolicyEvent.LimitReached;
import io.points.platform.outbox.Tx;
import io.points.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Raises an alert where a tenant's rules tell of what was given. Of a window that is over nothing is raised any more, however often it is read. */
@ApplicationScoped
class LimitAlerts implements LimitNews {

    private final Alerts alerts;

    LimitAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public Uni<Void> hear(Tx tx, List<LimitReached> events) {
        var now = BusinessTime.now();
        var findings = events.stream()
                .filter(event -> event.resetsAt().isAfter(now))
                .map(LimitAlerts::finding)
                .toList();
        return alerts.raise(tx, findings, now, Envelope.Actor.SYSTEM);
    }

    private static Finding finding(LimitReached event) {
        return new Finding(event.tenantId(), AlertKind.SPEND_LIMIT, cause(event), figures(event), event.resetsAt());
    }

    /** Another window, and another percent, is another cause. */
    private static String cause(LimitReached event) {
        var whose = Stream.of(event.giverId(), event.receiverId(), event.departmentId())
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(">"));
        return String.join(
                "/",
                event.rule(),
                whose.isEmpty() ? event.of() : whose,
                event.window(),
                event.percent() == null ? "beyond" : event.percent().toString());
    }

    private static Map<String, Long> figures(LimitReached event) {
        var figures = new LinkedHashMap<String, Long>();
        figures.put(event.counts() + "_used", event.used());
        figures.put(event.counts() + "_limit", event.limit());
        if (event.percent() != null) {
            figures.put("percent", event.percent());
        }
        return figures;
    }
}
