/** How background work runs, and how it shows that it does. */
@NullMarked
package io.points.platform.background;

import org.jspecify.annotations.NullMarked;
