/** Wishes: leads who ask for a budget, and members who nominate somebody for an award. A manager grants them, and gives. */
@NullMarked
package io.points.distribution.wish;

import org.jspecify.annotations.NullMarked;
