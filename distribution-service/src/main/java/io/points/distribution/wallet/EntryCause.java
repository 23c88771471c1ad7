package io.points.distribution.wallet;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an entry comes of that no distribution has made. */
@Schema(name = "WalletEntryCause")
enum EntryCause {
    /** The points have lapsed. */
    @JsonProperty("expiry")
    EXPIRY,
    /** The points wait for approval. */
    @JsonProperty("hold")
    HOLD,
    /** The points wait no more. What becomes of them is the next entry, if they do not stay. */
    @JsonProperty("release")
    RELEASE
}
