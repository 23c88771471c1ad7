/** Delegations, awards, recognitions and returns: how they are asked for, and how they are seen. */
@NullMarked
package io.points.distribution.award;

import org.jspecify.annotations.NullMarked;
