package io.points.allocation.schedule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.points.platform.web.input.CurrencyCode;
import io.points.platform.web.input.PlainText;
import io.points.platform.web.input.PointsAmount;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request to do something for a tenant again and again; as {@link ScheduleUpdate}, and for whom. */
@Schema(name = "ScheduleRequest")
record MakeSchedule(
        @NotNull(message = "is required") UUID tenantId,

        @PlainText(max = ScheduleUpdate.LONGEST_NAME) String name,

        @Nullable Work what,

        @NotNull(message = "is required") Mode mode,

        @PointsAmount Long amount,

        @NotNull(message = "is required") @CurrencyCode(orWithdrawn = true)
        String currency,

        @PlainText(max = ScheduleUpdate.LONGEST_NOTE) String referenceNote,

        @NotNull(message = "is required") Every every,

        @PlainText(max = ScheduleUpdate.SHORT, required = false) @Nullable
        String day,

        @PlainText(max = ScheduleUpdate.SHORT) String at,

        @Schema(format = "date", pattern = ScheduleUpdate.DAY)
        @Pattern(regexp = ScheduleUpdate.DAY, message = ScheduleUpdate.NO_DAY)
        @Nullable
        String startsOn,

        @Schema(format = "date", pattern = ScheduleUpdate.DAY)
        @Pattern(regexp = ScheduleUpdate.DAY, message = ScheduleUpdate.NO_DAY)
        @Nullable
        String endsOn,

        @Nullable CatchUp catchUp,
        @Valid @Nullable ScheduleExpiry expires) {

    /** What a schedule of allocation-service does. */
    @Schema(name = "ScheduleWork")
    enum Work {
        @JsonProperty("allocate")
        ALLOCATE;

        static final String WORD = "allocate";
    }

    ScheduleUpdate how() {
        return new ScheduleUpdate(
                name, mode, amount, currency, referenceNote, every, day, at, startsOn, endsOn, catchUp, expires);
    }
}
