/** Awards to many receivers in one request: what it must be, and what has become of it. */
@NullMarked
package io.points.distribution.batch;

import org.jspecify.annotations.NullMarked;
