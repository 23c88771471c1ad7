/** What the pool events tell of a tenant's pool. */
@NullMarked
package io.points.distribution.pool;

import org.jspecify.annotations.NullMarked;
