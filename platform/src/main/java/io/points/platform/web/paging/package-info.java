/** Lists by pages. */
@NullMarked
package io.points.platform.web.paging;

import org.jspecify.annotations.NullMarked;
