package io.points.billing.invoice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** Who issues invoices, under {@code points.issuer}. What was issued keeps what was set then. */
@ConfigMapping(prefix = "points.issuer")
public interface IssuerConfig {

    String SERIES = "[A-Z][A-Z0-9-]{0,18}[A-Z0-9]|[A-Z]";
    String EXPECTED = "must be 1 to 20 capital letters, digits and hyphens, beginning with a letter, such as INV";

    Optional<@Size(max = 200) String> name();

    /** On one line. */
    Optional<@Size(max = 500) String> address();

    /** Such as a VAT identification number. */
    Optional<@Size(max = 50) String> taxId();

    /** What the numbers of invoices begin with. Another issuer needs another one. */
    @WithDefault("INV")
    @Pattern(regexp = SERIES, message = EXPECTED)
    String invoiceSeries();

    /** What the numbers of credit notes begin with; with that of invoices they share one series. */
    @WithDefault("CN")
    @Pattern(regexp = SERIES, message = EXPECTED)
    String creditNoteSeries();
}
