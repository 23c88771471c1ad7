/** What happens to one request, across all services: spans for whoever collects them. */
@NullMarked
package io.points.tracing;

import org.jspecify.annotations.NullMarked;
