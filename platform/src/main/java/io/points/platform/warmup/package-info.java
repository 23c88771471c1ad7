/** Ready means ready: what the first requests would be slow by is done before a service says that it is. */
@NullMarked
package io.points.platform.warmup;

import org.jspecify.annotations.NullMarked;
