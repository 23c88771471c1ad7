package io.points.allocation.schedule;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When a schedule would run next. */
@Schema(name = "SchedulePreview")
record PeriodPreview(List<Due> items) {

    /**
     * A period that is to be run.
     *
     * @param dueAt when it falls due
     */
    @Schema(name = "SchedulePreviewPeriod")
    record Due(String period, Instant dueAt) {}
}
