/** What was given in the present windows of a tenant's rules, counted exactly however many give at once. */
@NullMarked
package io.points.distribution.limit;

import org.jspecify.annotations.NullMarked;
