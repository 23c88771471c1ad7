/** What is allocated again and again, by a tenant's calendar. */
@NullMarked
package io.points.allocation.schedule;

import org.jspecify.annotations.NullMarked;
