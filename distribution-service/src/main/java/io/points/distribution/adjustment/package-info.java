/** Adjustments of wallets, by two platform admins. */
@NullMarked
package io.points.distribution.adjustment;

import org.jspecify.annotations.NullMarked;
