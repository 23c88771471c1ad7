package io.points.allocation.alert;

import io.points.allocation.tenant.OnExceed;
import io.points.platform.money.AlsoText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a month stands against the tenant's monthly budget. Points; months are calendar months, UTC. */
@Schema(name = "BudgetStanding")
public record BudgetStanding(
        @Schema(description = "Points per month") long monthlyBudget,

        @Schema(description = "Points allocated in the month, with these") @AlsoText
        long allocatedInMonth,

        @Schema(description = "Whether that is beyond the budget")
        boolean exceeded,

        @Schema(description = "What becomes of an allocation beyond it")
        OnExceed onExceed) {}
