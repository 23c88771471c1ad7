package io.points.billing.period;

import io.points.platform.web.input.PlainText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why something is done with a month. */
@Schema(name = "Reason")
record PeriodReason(@PlainText String reason) {}
