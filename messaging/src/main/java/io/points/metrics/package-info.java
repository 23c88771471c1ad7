/** What every metric says of itself. */
@NullMarked
package io.points.metrics;

import org.jspecify.annotations.NullMarked;
