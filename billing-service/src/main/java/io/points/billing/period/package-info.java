/** Months: open, soft-closed, closed; and who closed or reopened them. */
@NullMarked
package io.points.billing.period;

import org.jspecify.annotations.NullMarked;
