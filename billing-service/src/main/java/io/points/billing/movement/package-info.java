/** What moved points, as the topics tell it: written once, counted by month, and billed. */
@NullMarked
package io.points.billing.movement;

import org.jspecify.annotations.NullMarked;
