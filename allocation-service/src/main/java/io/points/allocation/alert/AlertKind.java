package io.points.allocation.alert;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a person should check. */
@Schema(name = "BusinessAlertKind")
enum AlertKind {
    /** The pool holds less than a share of what the tenant distributes in a month. */
    POOL_LOW,
    /** The pool held too little for a debit. */
    POOL_EMPTY,
    /** An allocation brought the month's total above the tenant's budget. */
    BUDGET_EXCEEDED,
    /** A clawback took more than a share of what the pool held. */
    LARGE_CLAWBACK,
    /** A run of a schedule was refused. */
    REFILL_REFUSED,
    /** A caller was refused several times in a short time. */
    REFUSED_CALLS,
    /** So much was given of what a rule of the tenant allows that its managers want to know. */
    SPEND_LIMIT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
