package io.points.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.points.local.Service;
import io.points.local.Topics;
import io.points.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The audit log has a record for each state change of any service ({@code docs/audit.md}). So every route that changes
 * something has a row here, with what is told of it, and that stands on a topic that audit-service hears. That it is told is
 * held by the tests of each route.
 */
class StateChangesTest {

    private static final Path DOCUMENTS = Checkout.file("docs/openapi");
    private static final Set<String> CHANGE = Set.of("post", "put", "patch", "delete");
    private static final String PERIOD = "/api/billing/periods/{tenant_id}/{period}";

    /** It only says what would come of a request, or looks something up, and is a POST for its body. */
    private static final List<String> NOTHING = List.of();

    private static final Map<String, List<String>> TOLD = Map.ofEntries(
            Map.entry("post /api/platform/tenants", List.of("TenantRegistered", "TenantNamed")),
            Map.entry("put /api/platform/tenants/{tenant_id}/contract", List.of("ContractChanged")),
            Map.entry("put /api/platform/tenants/{tenant_id}/budget", List.of("MonthlyBudgetChanged")),
            Map.entry("delete /api/platform/tenants/{tenant_id}/budget", List.of("MonthlyBudgetChanged")),
            Map.entry("put /api/platform/tenants/{tenant_id}/settings", List.of("TenantSettingsChanged")),
            Map.entry("post /api/platform/tenants/{tenant_id}/settings/check", NOTHING),
            Map.entry("post /api/platform/tenants/{tenant_id}/suspend", List.of("TenantSuspended")),
            Map.entry("post /api/platform/tenants/{tenant_id}/reactivate", List.of("TenantReactivated")),
            Map.entry(
                    "post /api/platform/allocations/allocate", List.of("PointsAllocated", "PlatformMovementProposed")),
            Map.entry(
                    "post /api/platform/allocations/clawback",
                    List.of("PointsClawedBack", "PlatformMovementProposed", "PoolReserved")),
            Map.entry(
                    "post /api/platform/proposals/{id}/approve",
                    List.of("PoolReleased", "PointsClawedBack", "PlatformApprovalGiven", "PlatformMovementDecided")),
            Map.entry("post /api/platform/proposals/{id}/reject", List.of("PoolReleased", "PlatformMovementDecided")),
            Map.entry("post /api/platform/proposals/{id}/withdraw", List.of("PoolReleased", "PlatformMovementDecided")),
            Map.entry("post /api/platform/allocations/allocate/check", NOTHING),
            Map.entry("post /api/platform/allocations/clawback/check", NOTHING),
            Map.entry("post /api/platform/schedules", List.of("ScheduleChanged")),
            Map.entry("put /api/platform/schedules/{id}", List.of("ScheduleChanged")),
            Map.entry("post /api/platform/schedules/{id}/pause", List.of("ScheduleChanged")),
            Map.entry("post /api/platform/schedules/{id}/resume", List.of("ScheduleChanged")),
            Map.entry("post /api/platform/schedules/{id}/end", List.of("ScheduleChanged")),
            Map.entry("post /api/platform/schedules/{id}/preview", NOTHING),
            Map.entry(
                    "post /api/platform/schedules/{id}/runs/{period}/retry", List.of("ScheduleRan", "PointsAllocated")),
            Map.entry("post /api/platform/tenants/{tenant_id}/close", List.of("PlatformMovementProposed")),
            Map.entry("post /api/platform/tenants/{tenant_id}/close/check", NOTHING),
            Map.entry("post /api/platform/tenants/{tenant_id}/close/call-off", List.of("PlatformMovementProposed")),
            Map.entry("post /api/platform/tenants/{tenant_id}/erase-people", List.of("PeopleErasureRequested")),
            Map.entry("post /api/platform/adjustments/pools", List.of("AdjustmentProposed")),
            Map.entry("post /api/platform/adjustments/pools/{id}/approve", List.of("PoolAdjusted")),
            Map.entry("post /api/platform/adjustments/pools/{id}/reject", List.of("AdjustmentRejected")),
            Map.entry("post /api/platform/adjustments/wallets", List.of("AdjustmentProposed")),
            Map.entry("post /api/platform/adjustments/wallets/{id}/approve", List.of("WalletAdjusted")),
            Map.entry("post /api/platform/adjustments/wallets/{id}/reject", List.of("AdjustmentRejected")),
            Map.entry("post /api/platform/alerts/{id}/acknowledge", List.of("BusinessAlertChanged")),
            Map.entry("post /api/platform/alerts/{id}/snooze", List.of("BusinessAlertChanged")),
            Map.entry("put /api/allocations/pool/low-at", List.of("PoolThresholdChanged")),
            Map.entry("post /api/allocations/requests", List.of("PlatformMovementProposed")),
            Map.entry("post /api/allocations/requests/{id}/withdraw", List.of("PlatformMovementDecided")),
            Map.entry("post /api/allocations/award-points", List.of("DistributionRequested", "PointsAwarded")),
            Map.entry("post /api/allocations/award-points/batch", List.of("DistributionRequested", "BatchAwarded")),
            Map.entry("post /api/allocations/award-points/batch/csv", List.of("DistributionRequested", "BatchAwarded")),
            Map.entry(
                    "post /api/allocations/award-points/batch/{id}/undo",
                    List.of("AwardReversed", "BatchUndone", "UndoProposed")),
            Map.entry("post /api/allocations/award-points/batch/{id}/undo/check", NOTHING),
            Map.entry("post /api/allocations/award-points/batch/check", NOTHING),
            Map.entry("post /api/allocations/award-points/batch/csv/check", NOTHING),
            Map.entry("post /api/allocations/distribute-to-lead", List.of("DistributionRequested", "PointsDelegated")),
            Map.entry("post /api/allocations/return-to-pool", List.of("DistributionRequested", "BudgetReturned")),
            Map.entry("post /api/allocations/distributions/{id}/reverse", List.of("AwardReversed", "UndoProposed")),
            Map.entry("post /api/allocations/distributions/{id}/reverse/check", NOTHING),
            Map.entry("post /api/approvals/{id}/approve", List.of("ApprovalGiven", "DistributionReleased")),
            Map.entry("post /api/approvals/{id}/reject", List.of("DistributionReleased")),
            Map.entry("post /api/approvals/{id}/withdraw", List.of("DistributionReleased")),
            Map.entry("post /api/approvals/undos/{id}/approve", List.of("UndoDecided", "AwardReversed", "BatchUndone")),
            Map.entry("post /api/approvals/undos/{id}/reject", List.of("UndoDecided")),
            Map.entry("post /api/approvals/undos/{id}/withdraw", List.of("UndoDecided")),
            Map.entry("post /api/wishes", List.of("WishMade")),
            Map.entry("post /api/wishes/{id}/grant", List.of("WishDecided", "DistributionRequested")),
            Map.entry("post /api/wishes/{id}/decline", List.of("WishDecided")),
            Map.entry("post /api/wishes/{id}/withdraw", List.of("WishDecided")),
            Map.entry("post /api/recognitions", List.of("DistributionRequested", "PointsAwarded")),
            Map.entry("put /api/members/{user_id}", List.of("MemberChanged")),
            Map.entry("patch /api/members/{user_id}", List.of("MemberChanged")),
            Map.entry("post /api/directory/resolve", NOTHING),
            Map.entry("post /api/dates/extend", List.of("DatesExtended")),
            Map.entry("post /api/platform/tenants/{tenant_id}/dates/extend", List.of("PoolDatesExtended")),
            Map.entry("put /api/departments/{department_id}", List.of("DepartmentChanged")),
            Map.entry("post /api/departments/csv", List.of("DepartmentChanged", "MemberChanged")),
            Map.entry("post /api/allocations/transfer", List.of("DistributionRequested", "PoolPointsMoved")),
            Map.entry("put /api/policy", List.of("PolicyChanged")),
            Map.entry("post /api/policy/boosts", List.of("AllowanceBoosted")),
            Map.entry("post /api/policy/check", NOTHING),
            Map.entry("post /api/members/batch", List.of("MemberChanged")),
            Map.entry("post /api/members/batch/csv", List.of("MemberChanged")),
            Map.entry("delete /api/members/{user_id}/personal-data", List.of("PersonalDataErased")),
            Map.entry("post /api/billing/closings", List.of("PeriodSoftClosed", "PeriodClosed")),
            Map.entry("post /api/billing/closings/check", NOTHING),
            Map.entry("post " + PERIOD + "/soft-close", List.of("PeriodSoftClosed")),
            Map.entry("post " + PERIOD + "/soft-close/undo", List.of("PeriodSoftCloseUndone")),
            Map.entry("post " + PERIOD + "/close", List.of("PeriodClosed")),
            Map.entry("post " + PERIOD + "/late-entries/move", List.of("BillingEntryRecorded")),
            Map.entry("post " + PERIOD + "/late-entries/move/check", NOTHING),
            Map.entry("post " + PERIOD + "/reopen", List.of("PeriodReopeningProposed")),
            Map.entry("post " + PERIOD + "/reopen/approve", List.of("PeriodReopened")),
            Map.entry("post " + PERIOD + "/reopen/reject", List.of("PeriodReopeningRejected")),
            Map.entry("post " + PERIOD + "/reopen/withdraw", List.of("PeriodReopeningWithdrawn")));

    @Test
    void everyRouteThatChangesSomethingTellsOfIt() throws IOException {
        assertEquals(routes(), new TreeSet<>(TOLD.keySet()));
    }

    @Test
    void whatIsToldIsRecorded() {
        var topicsOfTypes = new TreeMap<String, Set<String>>();
        GoldenMessages.byTopic()
                .forEach((topic, types) -> types.forEach(type -> topicsOfTypes
                        .computeIfAbsent(type, it -> new TreeSet<>())
                        .add(topic)));
        var heard = Topics.readBy(Service.AUDIT);
        TOLD.forEach((route, types) -> types.forEach(type -> {
            assertTrue(topicsOfTypes.containsKey(type), route + " tells " + type + ", which is no message");
            assertTrue(
                    heard.containsAll(topicsOfTypes.get(type)),
                    () -> type + " stands on " + topicsOfTypes.get(type) + ", audit-service hears " + heard);
        }));
    }

    private static Set<String> routes() throws IOException {
        var routes = new TreeSet<String>();
        try (var files = Files.list(DOCUMENTS)) {
            for (var file : files.filter(it -> it.toString().endsWith(".yaml")).toList()) {
                for (var path :
                        new YAMLMapper().readTree(file.toFile()).path("paths").properties()) {
                    path.getValue().fieldNames().forEachRemaining(method -> {
                        if (CHANGE.contains(method)) {
                            routes.add(method + " " + path.getKey());
                        }
                    });
                }
            }
        }
        return routes;
    }
}
