/**
 * Business alerts: what the rules allow and somebody should look at all the same. The rules are plain Java; around them
 * stand the look at what has gathered, SQL and HTTP.
 */
@NullMarked
package io.points.allocation.alert;

import org.jspecify.annotations.NullMarked;
