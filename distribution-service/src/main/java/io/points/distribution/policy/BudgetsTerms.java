package io.points.distribution.policy;

import io.points.ledger.dates.ExpiryTerms;
import jakarta.validation.Valid;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for of budgets, as it was sent.
 *
 * @param expires null: they never lapse, unless their purchase does
 * @param to pool if it is absent
 */
@Schema(name = "BudgetsTerms")
record BudgetsTerms(
        @Valid @Nullable ExpiryTerms expires, @Nullable Destination to) {}
