/** What each tenant's sealed records come to, told to whoever keeps books of the same events. */
@NullMarked
package io.points.audit.counts;

import org.jspecify.annotations.NullMarked;
