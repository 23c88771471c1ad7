/** A tenant is closed: two people decide it, what is left goes back step by step, and at its end everything is 0. */
@NullMarked
package io.points.allocation.closing;

import org.jspecify.annotations.NullMarked;
