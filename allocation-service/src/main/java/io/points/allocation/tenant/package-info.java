/** Tenants: registered, suspended and reactivated by the platform admin. */
@NullMarked
package io.points.allocation.tenant;

import org.jspecify.annotations.NullMarked;
