/** Allocations and clawbacks by the platform admin, and their history. */
@NullMarked
package io.points.allocation.allocation;

import org.jspecify.annotations.NullMarked;
