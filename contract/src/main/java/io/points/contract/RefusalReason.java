package io.points.contract;

/** Why a distribution did not happen. The names are stable: they stand in events, tables and HTTP answers. */
public enum RefusalReason {
    /** The pool holds less than the amount. */
    INSUFFICIENT_POOL_BALANCE,
    /** The department's envelope holds less than the amount; what else the pool holds is not touched. */
    INSUFFICIENT_DEPARTMENT_BALANCE,
    /** The lead's budget wallet holds less than the amount. */
    INSUFFICIENT_BUDGET_BALANCE,
    /** The tenant is suspended; clawback and returns still work. */
    TENANT_SUSPENDED,
    /** The tenant is being closed: nothing is given any more; clawback and returns still work. */
    TENANT_CLOSING,
    /** The tenant is closed, for ever. */
    TENANT_CLOSED,
    /** No such tenant is registered. */
    TENANT_UNKNOWN,
    /** The amount is not between 1 and 10^12 points. */
    INVALID_AMOUNT,
    /** The receiver is not an active member with a fitting role. */
    RECEIVER_NOT_ELIGIBLE,
    /** A rule of the company allows no more: of a line of a batch, whose lines each go their own way. */
    LIMIT_EXCEEDED,
    /** No answer came before the deadline; the debit was cancelled. */
    DEADLINE_PASSED,
    /** Somebody whose approval it needed has rejected it. */
    APPROVAL_REJECTED,
    /** Nobody has approved it in time. */
    APPROVAL_EXPIRED,
    /** Whoever asked for it has withdrawn it, before it was approved. */
    WITHDRAWN
}
