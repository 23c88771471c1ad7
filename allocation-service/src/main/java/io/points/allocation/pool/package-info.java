/** The pool: its rules in plain Java, and around them the saga's commands and the SQL. */
@NullMarked
package io.points.allocation.pool;

import org.jspecify.annotations.NullMarked;
