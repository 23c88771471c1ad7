package io.points.billing.counted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.billing.Flow;
import io.points.billing.counted.AuditComparison.Heard;
import io.points.billing.counted.AuditComparison.KindCounts;
import io.points.billing.counted.AuditComparison.TopicCounts;
import io.points.billing.counted.OwnCounts.Sum;
import io.points.billing.counted.OwnCounts.Version;
import io.points.contract.AuditEvent.RecordCount;
import io.points.contract.AuditEvent.RecordsCounted;
import io.points.contract.AuditEvent.UnbilledVersion;
import io.points.contract.Topic;
import io.points.testing.ArchitectureRules;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditComparisonTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final Instant NOW = Instant.parse("2026-02-01T10:00:00Z");
    private static final Heard FRESH = new Heard(NOW, 3, false);
    private static final Heard OLD = new Heard(NOW, 3_600, true);

    private static final List<RecordCount> COUNTS = List.of(
            of("PointsAllocated", 2, "150"),
            of("PointsClawedBack", 1, "50"),
            of("PoolDebitCancelled", 1, "3"),
            of("PoolRefunded", 1, "4"),
            billed("INR", 3, "100", "10000"));

    private static final Map<Flow, Sum> MOVEMENTS = Map.of(
            Flow.ALLOCATED, movements(2, "150"),
            Flow.CLAWED_BACK, movements(1, "50"),
            Flow.REFUNDED, movements(2, "7"));

    private static final Map<String, Sum> ENTRIES = Map.of("INR", new Sum(3, "100", "10000"));

    @Test
    void itIsPlainJava() {
        new ArchitectureRules("io.points.billing").plainJava(AuditComparison.class, OwnCounts.class);
    }

    @Test
    void whereBothHaveTheSameTheyAgree() {
        var compared = AuditComparison.of(told(0), FRESH, own(5));

        assertEquals("agrees", compared.state());
        assertEquals(List.of(), compared.differences());
        assertEquals(NOW, compared.heardAt());
        assertEquals(3, compared.ageSeconds());
        assertEquals(9, compared.countedLeaves());
        assertEquals(5, compared.poolVersion());
        assertEquals(
                List.of(Topic.POOL_EVENTS, Topic.BILLING_ENTRIES),
                compared.topics().stream().map(TopicCounts::topic).toList());
        assertTrue(compared.topics().stream().allMatch(TopicCounts::agrees));
        assertEquals(
                List.of("allocated", "clawed_back", "refunded"),
                compared.topics().get(0).counts().stream().map(KindCounts::kind).toList());
    }

    @Test
    void whatIsMissingHereDiffers() {
        var own = new OwnCounts(5, 0, with(Flow.ALLOCATED, movements(1, "100")), ENTRIES, Map.of());

        var compared = AuditComparison.of(told(0), FRESH, own);

        assertEquals("differs", compared.state());
        assertEquals("differs", compared.topics().get(0).state());
        assertFalse(compared.topics().get(0).agrees());
        assertEquals("agrees", compared.topics().get(1).state());
        assertEquals(
                List.of(
                        "allocation.pool.events.v1, allocated, up to version 5 of the pool: audit-service has 2 records of 150"
                                + " points, billing-service has 1 records of 100 points"),
                compared.differences());
    }

    @Test
    void whatOnlyOneSideHasAtAllDiffersToo() {
        var onlyHere = new OwnCounts(5, 0, with(Flow.RETURNED, movements(1, "1")), ENTRIES, Map.of());
        assertEquals(
                1, AuditComparison.of(told(0), FRESH, onlyHere).differences().size());
        var nothing = new OwnCounts(5, 0, Map.of(), Map.of(), Map.of());
        assertEquals(
                4, AuditComparison.of(told(0), FRESH, nothing).differences().size());
        var another = new OwnCounts(
                5, 0, MOVEMENTS, Map.of("INR", ENTRIES.get("INR"), "EUR", new Sum(1, "1", "5")), Map.of());
        assertEquals(
                List.of(
                        "billing.entries.v1, EUR, up to version 5 of the pool: audit-service has 0 records of 0 points, 0 in"
                                + " minor units, billing-service has 1 records of 1 points, 5 in minor units"),
                AuditComparison.of(told(0), FRESH, another).differences());
    }

    @ParameterizedTest
    @CsvSource({
        "3, 100, 10001, differs",
        "3, 101, 10000, differs",
        "2, 100, 10000, differs",
        "4, 101, 10000, differs",
        "4, 100, 10001, differs",
        "4, 100, 10000, behind",
        "3, 100, 10000, agrees"
    })
    void entriesThatComeToTheSameMayBeToldOfYet(long records, String points, String amount, String state) {
        var own = new OwnCounts(5, 0, MOVEMENTS, Map.of("INR", new Sum(records, points, amount)), Map.of());

        var compared = AuditComparison.of(told(0), FRESH, own);

        assertEquals(state, compared.state());
        assertEquals(state.equals("differs") ? 1 : 0, compared.differences().size());
    }

    @ParameterizedTest
    @CsvSource({"0, 3, differs", "1, 3, behind", "1, 1, differs", "1, 2, differs"})
    void whatAnAdjustmentHasMadeUpForMayBeToldOfYet(long untold, long records, String state) {
        var movements = new OwnCounts(5, 2, with(Flow.ALLOCATED, movements(records, "999")), ENTRIES, Map.of());
        assertEquals(state, AuditComparison.of(told(untold), FRESH, movements).state());
        var entries = new OwnCounts(5, 2, MOVEMENTS, Map.of("INR", new Sum(records + 1, "999", "5")), Map.of());
        assertEquals(state, AuditComparison.of(told(untold), FRESH, entries).state());
    }

    @Test
    void whoeverHasNotHeardOfAllIsBehind() {
        var own = new OwnCounts(4, 0, with(Flow.ALLOCATED, movements(1, "100")), Map.of(), Map.of());

        var compared = AuditComparison.of(told(0), FRESH, own);

        assertEquals("behind", compared.state());
        assertEquals(List.of(), compared.differences());
        assertEquals("behind", compared.topics().get(1).state());
    }

    @Test
    void aCountThatIsOldAndNotOfAllIsBehind() {
        assertEquals("agrees", AuditComparison.of(told(0), OLD, own(5)).state(), "nothing has happened since");
        assertEquals("agrees", AuditComparison.of(told(0), FRESH, own(6)).state());
        assertEquals("behind", AuditComparison.of(told(0), OLD, own(6)).state());
    }

    @Test
    void aTypeThatIsNotKnownIsNotCompared() {
        var told = new RecordsCounted(TENANT, 9, NOW, 9, 5, 0, List.of(of("PoolPainted", 1, "1")), List.of());
        var compared = AuditComparison.of(told, FRESH, new OwnCounts(5, 0, Map.of(), Map.of(), Map.of()));
        assertEquals("agrees", compared.state());
        assertEquals(List.of(), compared.topics().get(0).counts());
    }

    /** The version is 7, the cut ends with 5. */
    @ParameterizedTest
    @CsvSource({
        // event and entries as audit-service has them, and as they are here; up to where all is known here, and
        // adjusted; what it is
        "100,   0, 100,  100, 7, 0, behind", // the entry is on its way
        "  0, 100, 100,  100, 7, 0, behind", // the event is on its way to audit-service
        "-90, -40, -90,  -90, 7, 0, behind", // one line of two
        "-90,-100, -90,  -90, 7, 0, differs", // more was told than was written
        "-90,  40, -90,  -90, 7, 0, differs",
        "100, 100,  90,  100, 7, 0, differs", // the event was changed
        "100, 101, 100,  101, 7, 0, behind", // it is a difference already, by its own event
        "100,   0,   0,    0, 6, 0, behind", // not consumed yet
        "100,   0,   0,    0, 7, 0, differs", // gone
        "100, 100,   0,    0, 7, 0, differs",
        "100,   0,   0,    0, 9, 8, behind", // an adjustment did without it, and it comes late
        "100,   0,   0,    0, 9, 7, behind",
        "100,   0,   0,    0, 9, 6, differs",
        "  0,   5,   0,    0, 6, 0, differs", // an entry of nothing
        "  0,   5,   0,    5, 6, 0, differs",
        "  0,   5,   5,    0, 7, 0, differs",
    })
    void whatAuditServiceCannotMatch(
            long event, long entries, long ownEvent, long ownEntries, long known, long adjusted, String state) {
        var version = new UnbilledVersion(7, event, entries);
        var own = new OwnCounts(known, adjusted, MOVEMENTS, ENTRIES, Map.of(7L, new Version(ownEvent, ownEntries)));

        var compared = AuditComparison.of(told(0, version), FRESH, own);

        assertEquals(state, compared.state());
        assertEquals(state, compared.unmatched().get(0).state());
        assertEquals(
                new AuditComparison.Points(event, entries),
                compared.unmatched().get(0).audit());
        assertEquals(
                new AuditComparison.Points(ownEvent, ownEntries),
                compared.unmatched().get(0).billing());
        assertEquals(state.equals("differs") ? 1 : 0, compared.differences().size());
    }

    @Test
    void whatCameAfterTheCutIsNotJudgedByItself() {
        var compared = AuditComparison.of(told(0, new UnbilledVersion(5, 0, 5)), FRESH, own(5));
        assertEquals("behind", compared.state());
        assertEquals(List.of(), compared.differences());
        var next = AuditComparison.of(told(0, new UnbilledVersion(6, 0, 5)), FRESH, own(5));
        assertEquals(
                List.of(
                        "version 6 of the pool: audit-service has an event of 0 points and entries of 5, billing-service of 0"
                                + " and 0"),
                next.differences());
    }

    @Test
    void nothingHeardIsNoDifference() {
        assertEquals(List.of(), AuditComparison.UNHEARD.differences());
        assertEquals("unheard", AuditComparison.UNHEARD.state());
    }

    private static RecordsCounted told(long untold, UnbilledVersion... unbilled) {
        return new RecordsCounted(TENANT, 9, NOW, 9, 5, untold, COUNTS, List.of(unbilled));
    }

    private static OwnCounts own(long contiguous) {
        return new OwnCounts(contiguous, 0, MOVEMENTS, ENTRIES, Map.of());
    }

    private static Map<Flow, Sum> with(Flow flow, Sum sum) {
        var changed = new EnumMap<>(MOVEMENTS);
        changed.put(flow, sum);
        return changed;
    }

    private static Sum movements(long records, String points) {
        return new Sum(records, points, null);
    }

    private static RecordCount of(String type, long records, String points) {
        return new RecordCount(Topic.POOL_EVENTS, type, records, points, null);
    }

    private static RecordCount billed(String currency, long records, String points, String amount) {
        return new RecordCount(Topic.BILLING_ENTRIES, currency, records, points, amount);
    }
}
