/** Hints that something has changed, as streams of server-sent events. */
@NullMarked
package io.points.platform.web.events;

import org.jspecify.annotations.NullMarked;
