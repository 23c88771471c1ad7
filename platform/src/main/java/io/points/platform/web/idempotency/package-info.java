/** Requests that may be repeated. */
@NullMarked
package io.points.platform.web.idempotency;

import org.jspecify.annotations.NullMarked;
