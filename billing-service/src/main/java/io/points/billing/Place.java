package io.points.billing;

/** Where a tenant's points can be. */
public enum Place {
    /** With nobody: what is put in comes from here, and what is taken out goes here. */
    PLATFORM,
    /** In the tenant's pool: prepaid. */
    POOL,
    /** Out of the pool or a budget, and waiting for a decision: prepaid. */
    RESERVED,
    /** Between pool and wallets. */
    IN_FLIGHT,
    /** In leads' budget wallets: prepaid. */
    BUDGETS,
    /** In employees' earned wallets: a liability. */
    EARNED,
    /** Lapsed, and gone for good. */
    EXPIRED
}
