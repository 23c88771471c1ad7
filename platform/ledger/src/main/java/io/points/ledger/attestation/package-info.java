/** How a service that holds balances attests them, so that audit-service can compare them with the events. */
@NullMarked
package io.points.ledger.attestation;

import org.jspecify.annotations.NullMarked;
