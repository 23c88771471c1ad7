/** Hints that something has changed, for the platform admin's pages. */
@NullMarked
package io.points.allocation.event;

import org.jspecify.annotations.NullMarked;
