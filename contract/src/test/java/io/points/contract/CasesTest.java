package io.points.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.MovePoolPoints;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.PoolCommand.ReturnToPool;
import io.points.contract.PoolEvent.TenantSuspended;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who reads a topic says what it does with each message there. */
class CasesTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID SUBJECT = new UUID(2, 2);

    @Test
    void eachMessageHasItsCase() {
        var cases = Cases.<String>ofTopic(Topic.POOL_COMMANDS)
                .on(DebitPool.class, command -> "debit of " + command.amount())
                .each("back", CancelPoolDebit.class, RefundPool.class)
                .each("nothing", ReturnToPool.class, MovePoolPoints.class)
                .complete();

        assertEquals("debit of 7", cases.of(new DebitPool(SUBJECT, TENANT, DistributionKind.AWARD, 7)));
        assertEquals("back", cases.of(new RefundPool(SUBJECT, TENANT)));
        assertEquals("nothing", cases.of(new ReturnToPool(SUBJECT, TENANT, SUBJECT, 7)));
        assertThrows(IllegalArgumentException.class, () -> cases.of(new TenantSuspended(TENANT, 1)));
    }

    @Test
    void aMessageThatWasForgottenIsNamed() {
        var cases = Cases.<Integer>of(PoolCommand.class)
                .each(1, DebitPool.class, CancelPoolDebit.class)
                .each(2, ReturnToPool.class, MovePoolPoints.class);

        var fault = assertThrows(IllegalStateException.class, cases::complete);

        assertTrue(fault.getMessage().contains("[RefundPool]"), fault.getMessage());
    }

    @Test
    void aCaseIsListedOnceAndOnlyWhereItBelongs() {
        var cases = Cases.<Integer>of(PoolCommand.class).each(1, DebitPool.class);

        assertThrows(IllegalStateException.class, () -> cases.each(2, DebitPool.class));
        assertThrows(IllegalStateException.class, () -> cases.each(2, TenantSuspended.class));
        assertThrows(IllegalArgumentException.class, () -> Cases.ofTopic("points.elsewhere.v1"));
    }

    /** What the messages say of themselves, and what is said of the topics. */
    @Test
    void aTopicHasTheMessagesThatNameIt() {
        Map<String, Set<String>> said = new TreeMap<>();
        GoldenMessages.byTopic()
                .keySet()
                .forEach(topic -> said.put(
                        topic,
                        Topic.messages(topic).stream()
                                .map(Class::getSimpleName)
                                .collect(Collectors.toCollection(TreeSet::new))));

        assertEquals(GoldenMessages.byTopic(), said);
    }
}
