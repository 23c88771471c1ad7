/** Who somebody is: which access tokens are good, and the identity provider's keys that say so. */
@NullMarked
package io.points.platform.identity;

import org.jspecify.annotations.NullMarked;
