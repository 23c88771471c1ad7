/** By which rules a tenant's managers let points lapse: what is credited is dated by them. Dates that were given stay. */
@NullMarked
package io.points.distribution.policy;

import org.jspecify.annotations.NullMarked;
