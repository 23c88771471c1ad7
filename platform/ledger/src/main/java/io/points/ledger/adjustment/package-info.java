/** How two platform admins mend a balance that is not what its events add up to. */
@NullMarked
package io.points.ledger.adjustment;

import org.jspecify.annotations.NullMarked;
