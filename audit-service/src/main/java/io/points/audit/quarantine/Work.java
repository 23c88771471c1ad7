package io.points.audit.quarantine;

import java.util.Locale;

/** What is done in the background for each tenant, and the gauge that says for how many it cannot be done. */
public enum Work {

    /** Records become leaves. */
    SEALING("points_audit_broken_trees", "records of tenant %s are not sealed"),

    /** Leaves are added up. */
    POSTING("points_audit_broken_books", "books of tenant %s are not kept"),

    /** Attested balances are compared with the books. */
    COMPARISON("points_audit_broken_comparisons", "balances of tenant %s are not compared with its events"),

    /** Rereading sealed records. */
    REREADING("points_audit_broken_rereads", "sealed records of tenant %s are not read again");

    private final String gauge;
    private final String consequence;

    Work(String gauge, String consequence) {
        this.gauge = gauge;
        this.consequence = consequence;
    }

    String gauge() {
        return gauge;
    }

    /** As the table has it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it means for the tenant, with a place for its id. */
    String consequence() {
        return consequence;
    }
}
