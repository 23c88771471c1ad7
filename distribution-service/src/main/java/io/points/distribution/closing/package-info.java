/** What happens here when a tenant is closed: budgets go back, and earned points end with their day. */
@NullMarked
package io.points.distribution.closing;

import org.jspecify.annotations.NullMarked;
