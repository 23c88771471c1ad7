/** The connections to the service's database: how long they are waited for, and whether there are any. */
@NullMarked
package io.points.platform.persistence;

import org.jspecify.annotations.NullMarked;
