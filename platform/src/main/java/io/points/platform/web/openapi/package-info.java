/**
 * Completes a service's OpenAPI document while it is built: from the records and constraints that requests are checked by, and
 * from what every route has in common.
 */
@NullMarked
package io.points.platform.web.openapi;

import org.jspecify.annotations.NullMarked;
