package io.points.console;

/** A service behind the console. */
enum Upstream {
    ALLOCATION,
    DISTRIBUTION,
    BILLING,
    AUDIT
}
