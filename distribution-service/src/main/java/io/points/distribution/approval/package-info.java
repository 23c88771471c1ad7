/** What waits until people have approved that it is given, and their decisions. */
@NullMarked
package io.points.distribution.approval;

import org.jspecify.annotations.NullMarked;
