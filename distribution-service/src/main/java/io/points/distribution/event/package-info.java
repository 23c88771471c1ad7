/** Hints that something has changed, for pages that show it. */
@NullMarked
package io.points.distribution.event;

import org.jspecify.annotations.NullMarked;
