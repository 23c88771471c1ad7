/** Which routes there are, and what they take. */
@NullMarked
package io.points.platform.web.route;

import org.jspecify.annotations.NullMarked;
