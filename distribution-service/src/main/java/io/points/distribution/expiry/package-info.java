/** Points lapse when the day is over until which they could be used, and their owners are told before. */
@NullMarked
package io.points.distribution.expiry;

import org.jspecify.annotations.NullMarked;
