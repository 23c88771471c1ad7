/** What was said with an award. */
@NullMarked
package io.points.distribution.recognition;

import org.jspecify.annotations.NullMarked;
