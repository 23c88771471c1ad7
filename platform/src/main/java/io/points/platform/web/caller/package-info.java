/** Who calls: the verified token, and nothing else. */
@NullMarked
package io.points.platform.web.caller;

import org.jspecify.annotations.NullMarked;
