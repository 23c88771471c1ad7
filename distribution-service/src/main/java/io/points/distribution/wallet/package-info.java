/** Wallets: what a member holds, as a budget to give on or as earned points. */
@NullMarked
package io.points.distribution.wallet;

import org.jspecify.annotations.NullMarked;
