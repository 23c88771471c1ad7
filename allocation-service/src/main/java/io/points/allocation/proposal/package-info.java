/** What one platform admin proposes and another one decides. */
@NullMarked
package io.points.allocation.proposal;

import org.jspecify.annotations.NullMarked;
