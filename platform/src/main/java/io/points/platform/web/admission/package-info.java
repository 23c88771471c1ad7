/** What stands in front of all routes: the form of a request, places for it, load shedding. */
@NullMarked
package io.points.platform.web.admission;

import org.jspecify.annotations.NullMarked;
