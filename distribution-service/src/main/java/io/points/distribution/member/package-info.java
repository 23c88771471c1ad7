/** The directory of a tenant: who may receive what. */
@NullMarked
package io.points.distribution.member;

import org.jspecify.annotations.NullMarked;
