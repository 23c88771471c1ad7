/** What audit-service has counted of the same events, and how it compares with the tables here. */
@NullMarked
package io.points.billing.counted;

import org.jspecify.annotations.NullMarked;
