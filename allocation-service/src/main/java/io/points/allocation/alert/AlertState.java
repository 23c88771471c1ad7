package io.points.allocation.alert;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where an alert stands.
 *
 * <pre>
 *               acknowledge    snooze     time has come   cause is over
 * OPEN          ACKNOWLEDGED   SNOOZED    –               OVER
 * SNOOZED       ACKNOWLEDGED   SNOOZED    OPEN            OVER
 * ACKNOWLEDGED  unchanged      refused    –               OVER
 * OVER          refused        refused    –               –
 * </pre>
 */
@Schema(name = "BusinessAlertState")
enum AlertState {
    OPEN,
    SNOOZED,
    ACKNOWLEDGED,
    OVER;

    static AlertState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    boolean canBeAcknowledged() {
        return this != OVER;
    }

    boolean canBeSnoozed() {
        return this == OPEN || this == SNOOZED;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
