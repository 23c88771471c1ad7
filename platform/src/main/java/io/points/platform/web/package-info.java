/** The HTTP manners that all services share: who calls, problems (RFC 9457), pages, idempotency, strict JSON. */
@NullMarked
package io.points.platform.web;

import org.jspecify.annotations.NullMarked;
