/** What happened, for its audience, once its points have moved. */
@NullMarked
package io.points.distribution.feed;

import org.jspecify.annotations.NullMarked;
