package io.points.ledger.attestation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When balances are attested, under {@code points.attestation}. */
@ConfigMapping(prefix = "points.attestation")
interface AttestationConfig {

    /** From the begin of a round over all balances to that of the next; below the 10 minutes that are promised. */
    @WithDefault("9m")
    Duration every();

    /** How often it is looked whether a round is due; {@code off} in a service that holds no balances. */
    String lookEvery();
}
