/** Currencies that are the same under every JDK, and amounts that every reader can hold. */
@NullMarked
package io.points.platform.money;

import org.jspecify.annotations.NullMarked;
