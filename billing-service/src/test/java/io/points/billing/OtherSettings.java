package io.points.billing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * What an operator may set otherwise than it comes, all at once: each further profile would be another start of the service, of
 * Kafka and of PostgreSQL.
 */
public final class OtherSettings implements QuarkusTestProfile {

    static final String SERIES = "MUM-R";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "points.issuer.name", "Points & Co",
                "points.issuer.tax-id", "27AAAAA0000A1Z5",
                "points.issuer.invoice-series", SERIES,
                "points.issuer.credit-note-series", SERIES,
                "points.billing.closing.second-person", "true",
                "points.billing.journal.batches", "closed",
                "points.billing.accounts.receivable", "1200",
                "points.billing.accounts.prepayments", "2310 \"Points\", prepaid");
    }
}
