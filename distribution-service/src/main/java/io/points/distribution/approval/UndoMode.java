package io.points.distribution.approval;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of the undo of a batch if a wallet holds less than its award. */
@Schema(name = "BatchUndoMode")
public enum UndoMode {
    /** Each award is taken back in full, or nothing moves. */
    @JsonProperty("all_or_nothing")
    ALL_OR_NOTHING,
    /** What is there is taken, award by award, and the rest stays where it has gone. */
    @JsonProperty("what_is_there")
    WHAT_IS_THERE;

    /** The word in requests and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static UndoMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
