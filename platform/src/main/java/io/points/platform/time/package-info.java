/** The time at which things happen in the business, as opposed to how long the machine takes for them. */
@NullMarked
package io.points.platform.time;

import org.jspecify.annotations.NullMarked;
