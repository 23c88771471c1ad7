/**
 * Points that can be used until a day: what of a balance is dated, which day a credit is given, and when that day is over. Plain Java,
 * without a clock; only {@link io.points.ledger.dates.LotColumns} and
 * {@link io.points.ledger.dates.ExpiryTerms} know of rows and requests.
 */
@NullMarked
package io.points.ledger.dates;

import org.jspecify.annotations.NullMarked;
