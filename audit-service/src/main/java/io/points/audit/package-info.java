/** The audit log: every event of every service, recorded once. */
@NullMarked
package io.points.audit;

import org.jspecify.annotations.NullMarked;
