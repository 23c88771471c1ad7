package io.points.billing.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who bills, as it was set when the month was closed.
 *
 * @param name of the company
 * @param address on one line
 * @param taxId such as a VAT identification number
 */
@Schema(name = "Issuer")
public record Issuer(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Name of the company") @Nullable
        String name,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Its address, on one line") @Nullable
        String address,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Its tax id, such as a VAT identification number")
        @Nullable
        String taxId) {

    /** Null if nothing is set. */
    public static @Nullable Issuer of(IssuerConfig config) {
        var issuer = new Issuer(
                config.name().orElse(null),
                config.address().orElse(null),
                config.taxId().orElse(null));
        return issuer.equals(new Issuer(null, null, null)) ? null : issuer;
    }
}
