/** How a request is refused: problem documents, RFC 9457. */
@NullMarked
package io.points.platform.web.problem;

import org.jspecify.annotations.NullMarked;
