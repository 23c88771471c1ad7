/** Invoices and credit notes: what they cover, and their numbers. */
@NullMarked
package io.points.billing.invoice;

import org.jspecify.annotations.NullMarked;
