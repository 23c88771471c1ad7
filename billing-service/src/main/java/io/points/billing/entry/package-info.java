/** Billing entries: what each allocation and clawback costs, written once, for finance. */
@NullMarked
package io.points.billing.entry;

import org.jspecify.annotations.NullMarked;
