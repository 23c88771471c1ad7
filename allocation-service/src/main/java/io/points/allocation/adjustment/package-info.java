/** Adjustments of pools, by two platform admins. */
@NullMarked
package io.points.allocation.adjustment;

import org.jspecify.annotations.NullMarked;
