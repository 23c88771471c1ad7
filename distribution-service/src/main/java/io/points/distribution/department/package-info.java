/** A tenant's departments: who gives from their envelopes, and what is in these. */
@NullMarked
package io.points.distribution.department;

import org.jspecify.annotations.NullMarked;
