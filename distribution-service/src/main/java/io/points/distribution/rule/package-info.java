/** Who may give how much: the language of a tenant's rules, and how they are judged. Plain Java. */
@NullMarked
package io.points.distribution.rule;

import org.jspecify.annotations.NullMarked;
