/** Tenants that background work leaves out, so that one of them cannot stop it for all. */
@NullMarked
package io.points.audit.quarantine;

import org.jspecify.annotations.NullMarked;
