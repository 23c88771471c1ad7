/** What a dashboard shows about a tenant's points. */
@NullMarked
package io.points.allocation.stats;

import org.jspecify.annotations.NullMarked;
