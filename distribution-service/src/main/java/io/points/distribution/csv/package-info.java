/** Lines of CSV as they are sent. */
@NullMarked
package io.points.distribution.csv;

import org.jspecify.annotations.NullMarked;
