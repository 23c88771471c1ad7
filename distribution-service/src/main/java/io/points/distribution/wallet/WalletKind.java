package io.points.distribution.wallet;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the points in a wallet may be used for. */
@Schema(name = "WalletKind")
public enum WalletKind {
    /** Delegated to a lead, who may only give them on or back. */
    BUDGET,
    /** Earned by an employee, redeemable. */
    EARNED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static WalletKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
