package io.points.billing.period;

import io.points.billing.Period;
import io.points.billing.period.PeriodHistory.Step;
import io.points.billing.statement.Document;
import io.points.contract.PeriodEvent;
import io.points.contract.PeriodEvent.PeriodClosed;
import io.points.contract.PeriodEvent.PeriodReopened;
import io.points.contract.PeriodEvent.PeriodReopeningLapsed;
import io.points.contract.PeriodEvent.PeriodReopeningProposed;
import io.points.contract.PeriodEvent.PeriodReopeningRejected;
import io.points.contract.PeriodEvent.PeriodReopeningWithdrawn;
import io.points.contract.PeriodEvent.PeriodSoftCloseUndone;
import io.points.contract.PeriodEvent.PeriodSoftClosed;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of a month's steps. */
final class Told {

    private Told() {}

    /** @param before where the month stood before the step */
    static PeriodEvent step(UUID tenant, Period period, PeriodHistory before, Step step) {
        var month = period.toString();
        long number = step.number();
        long closings = before.closings();
        return switch (step.action()) {
            case SOFT_CLOSED -> new PeriodSoftClosed(tenant, month, number, closings + 1, step.reason(), step.by());
            case SOFT_CLOSE_UNDONE ->
                new PeriodSoftCloseUndone(tenant, month, number, closings + 1, step.reason(), step.by());
            case CLOSED ->
                new PeriodClosed(
                        tenant, month, number, closings + 1, step.reason(), step.by(), sha256(step.document()));
            case REOPENING_PROPOSED ->
                new PeriodReopeningProposed(
                        tenant, month, number, closings, step.reason(), step.by(), sha256(before.document()));
            case REOPENING_REJECTED ->
                new PeriodReopeningRejected(
                        tenant, month, number, closings, step.reason(), step.by(), sha256(before.document()));
            case REOPENING_WITHDRAWN ->
                new PeriodReopeningWithdrawn(
                        tenant, month, number, closings, step.reason(), step.by(), sha256(before.document()));
            case REOPENING_LAPSED ->
                new PeriodReopeningLapsed(
                        tenant, month, number, closings, step.reason(), step.by(), sha256(before.document()));
            case REOPENED ->
                new PeriodReopened(
                        tenant, month, number, closings, step.reason(), step.by(), sha256(before.document()));
        };
    }

    private static String sha256(@Nullable Document document) {
        return Objects.requireNonNull(document, "what is closed has a statement")
                .sha256();
    }
}
