/** Delegations, awards, recognitions and returns: how they are requested, and how they are shown. */
@NullMarked
package io.points.distribution.award;

import org.jspecify.annotations.NullMarked;
