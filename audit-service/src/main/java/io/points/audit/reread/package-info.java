/** Sealed records are read again, with their signatures: what was changed since is found. */
@NullMarked
package io.points.audit.reread;

import org.jspecify.annotations.NullMarked;
