package io.points.distribution.limit;

import io.points.distribution.rule.Rule;
import io.points.ledger.dates.LocalDays;
import java.util.List;

/**
 * The rules of a tenant that has some.
 *
 * @param revision of the policy that they stand in
 * @param days the tenant's
 */
public record Rulebook(long revision, List<Rule> rules, LocalDays days) {}
