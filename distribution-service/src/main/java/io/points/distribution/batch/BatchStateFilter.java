package io.points.distribution.batch;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which batches a list is narrowed to: those in the state of the same name. */
@Schema(name = "BatchStateFilter")
enum BatchStateFilter {
    ACCEPTED(BatchView.State.ACCEPTED),
    COMPLETED(BatchView.State.COMPLETED),
    PARTLY_COMPLETED(BatchView.State.PARTLY_COMPLETED),
    REFUSED(BatchView.State.REFUSED);

    private final BatchView.State state;

    BatchStateFilter(BatchView.State state) {
        this.state = state;
    }

    boolean matches(BatchView batch) {
        return batch.state() == state;
    }

    /** The word in requests. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
