/** The places between two steps where a process may die, named, so that a fault harness can make it die there. */
@NullMarked
package io.points.platform.faultpoints;

import org.jspecify.annotations.NullMarked;
