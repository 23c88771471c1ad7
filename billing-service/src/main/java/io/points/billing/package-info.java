/** Billing for finance: priced entries, months that can be closed, and the documents made of them. */
@NullMarked
package io.points.billing;

import org.jspecify.annotations.NullMarked;
