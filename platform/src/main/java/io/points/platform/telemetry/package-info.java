/** What every metric says of itself. */
@NullMarked
package io.points.platform.telemetry;

import org.jspecify.annotations.NullMarked;
