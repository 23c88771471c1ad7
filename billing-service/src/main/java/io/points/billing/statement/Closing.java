package io.points.billing.statement;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How a month was closed, as its statement says it.
 *
 * @param revision 1, 2, … within the month
 * @param at when it was closed
 * @param by who closed it: the subject of their token
 * @param replaces the statements that were issued for the month before, oldest first
 */
public record Closing(int revision, Instant at, UUID by, List<Revision> replaces) {

    /** The closing after those that issued {@code replaces}. */
    public static Closing after(List<Revision> replaces, Instant at, UUID by) {
        return new Closing(replaces.size() + 1, at, by, List.copyOf(replaces));
    }

    /** What it has issued. */
    public Revision issued(String sha256) {
        return new Revision(revision, at, by, sha256);
    }
}
