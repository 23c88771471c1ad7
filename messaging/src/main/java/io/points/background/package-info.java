/** How background work runs, and how it shows that it does. */
@NullMarked
package io.points.background;

import org.jspecify.annotations.NullMarked;
