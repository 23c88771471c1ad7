/**
 * By which rules a tenant's managers let points lapse and be given: what is credited is dated by them, and dates that were given stay; what is
 * asked for is judged by them.
 */
@NullMarked
package io.points.distribution.policy;

import org.jspecify.annotations.NullMarked;
