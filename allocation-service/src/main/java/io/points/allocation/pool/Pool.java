package io.points.allocation.pool;

import java.util.UUID;

/**
 * A tenant's undistributed points. All figures are points and never negative.
 *
 * @param active false while the tenant is suspended
 * @param balance what can be distributed or clawed back
 * @param version number of the newest ledger entry; 0 if there is none
 * @param allocated all that was ever allocated
 * @param clawedBack all that was ever clawed back
 * @param debited all that was ever debited for distributions
 * @param credited what of {@code debited} was cancelled or refunded
 * @param delegated the debits for delegations that were not undone
 * @param returned all that budgets returned
 * @param adjusted what adjustments have put in; negative if they have taken more out
 * @param takenBack what of {@code debited} came back because awards were reversed
 */
public record Pool(
        UUID tenantId,
        boolean active,
        long balance,
        long version,
        long allocated,
        long clawedBack,
        long debited,
        long credited,
        long delegated,
        long returned,
        long adjusted,
        long takenBack) {

    /** What a tenant may hold in all, 2^53 - 1: larger integers lose precision in many JSON parsers. */
    public static final long MOST = (1L << 53) - 1;

    /** What leads can still return: points removed by an adjustment may have been a forged return. */
    long outstanding() {
        return delegated - returned + Math.max(0, -adjusted);
    }

    boolean canTake(long amount) {
        return allocated - clawedBack + amount <= MOST;
    }

    Pool allocated(long amount) {
        return new Pool(
                tenantId,
                active,
                balance + amount,
                version + 1,
                allocated + amount,
                clawedBack,
                debited,
                credited,
                delegated,
                returned,
                adjusted,
                takenBack);
    }

    Pool clawedBack(long amount) {
        return new Pool(
                tenantId,
                active,
                balance - amount,
                version + 1,
                allocated,
                clawedBack + amount,
                debited,
                credited,
                delegated,
                returned,
                adjusted,
                takenBack);
    }

    Pool debited(long amount, boolean delegation) {
        return new Pool(
                tenantId,
                active,
                balance - amount,
                version + 1,
                allocated,
                clawedBack,
                debited + amount,
                credited,
                delegated + (delegation ? amount : 0),
                returned,
                adjusted,
                takenBack);
    }

    Pool credited(long amount, boolean delegation) {
        return new Pool(
                tenantId,
                active,
                balance + amount,
                version + 1,
                allocated,
                clawedBack,
                debited,
                credited + amount,
                delegated - (delegation ? amount : 0),
                returned,
                adjusted,
                takenBack);
    }

    Pool returned(long amount) {
        return new Pool(
                tenantId,
                active,
                balance + amount,
                version + 1,
                allocated,
                clawedBack,
                debited,
                credited,
                delegated,
                returned + amount,
                adjusted,
                takenBack);
    }

    /** Of awards that were reversed; leads can still return as much as before. */
    Pool takenBack(long amount) {
        return new Pool(
                tenantId,
                active,
                balance + amount,
                version + 1,
                allocated,
                clawedBack,
                debited,
                credited,
                delegated,
                returned,
                adjusted,
                takenBack + amount);
    }
}
