/** Points of pools lapse when the day is over until which they could be used. */
@NullMarked
package io.points.allocation.expiry;

import org.jspecify.annotations.NullMarked;
