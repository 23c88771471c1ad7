package io.points.distribution.batch;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What has become of one receiver of a batch. */
@Schema(name = "BatchReceiverState")
enum LineStatus {
    /** The award is open. */
    ACCEPTED,
    /** The points have arrived. */
    COMPLETED,
    /** No points have moved; a reason stands beside it. */
    REFUSED;

    static LineStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
