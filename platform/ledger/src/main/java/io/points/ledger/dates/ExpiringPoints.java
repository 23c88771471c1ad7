package io.points.ledger.dates;

import io.points.platform.money.AlsoText;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Points that can be used until the same day, over HTTP.
 *
 * @param expiresOn the last day on which they can be used, in the tenant's time zone
 */
@Schema(name = "ExpiringPoints")
public record ExpiringPoints(
        @Schema(implementation = String.class, format = "date")
        LocalDate expiresOn,

        @AlsoText long points) {

    /** The earliest first. */
    public static List<ExpiringPoints> of(Lots lots) {
        return lots.byDay().stream()
                .map(ofOneDay -> new ExpiringPoints(ofOneDay.list().get(0).expiresOn(), ofOneDay.sum()))
                .toList();
    }
}
