/** The audit log: every event of every service, recorded once, and what the events add up to. */
@NullMarked
package io.points.audit;

import org.jspecify.annotations.NullMarked;
