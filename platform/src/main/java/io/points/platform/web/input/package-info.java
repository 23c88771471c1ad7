/** What a request says: texts, numbers, ids, JSON. */
@NullMarked
package io.points.platform.web.input;

import org.jspecify.annotations.NullMarked;
