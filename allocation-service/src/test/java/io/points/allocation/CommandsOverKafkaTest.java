package io.points.allocation;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.points.contract.DistributionKind;
import io.points.contract.PoolCommand;
import io.points.contract.PoolCommand.CancelPoolDebit;
import io.points.contract.PoolCommand.DebitPool;
import io.points.contract.PoolCommand.RefundPool;
import io.points.contract.Topic;
import io.points.testing.PointsTestResource;
import io.points.testing.Rivals;
import io.points.testing.TestKafka;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool's side of the saga, with a real pool of 100 points. */
@AllocationServiceTest
class CommandsOverKafkaTest {

    private static final int IN_THE_POOL = 100;
    private static final int AMOUNT = 5;

    private final UUID distribution = UUID.randomUUID();
    private final TestKafka kafka = new TestKafka();
    private UUID tenant;

    /** What was answered, and under which id. */
    private record Answer(String type, String id) {}

    @BeforeEach
    void givePoints() {
        tenant = AllocationTest.register();
        AllocationTest.allocate(tenant, IN_THE_POOL).statusCode(201);
    }

    @AfterEach
    void closeKafka() {
        kafka.close();
    }

    @Test
    void aRepeatedDebitMovesNothingAndIsAnsweredUnderTheSameId() {
        ask(debit(), 1);
        ask(debit(), 2);
        assertEquals(List.of("PoolDebited"), answered());
        assertEquals(1, answers().stream().map(Answer::id).distinct().count());
        assertBalance(IN_THE_POOL - AMOUNT);
    }

    @Test
    void aRepeatedRefundCreditsOnceAndIsAnsweredAgain() {
        ask(debit(), 1);
        ask(new RefundPool(distribution, tenant), 2);
        ask(new RefundPool(distribution, tenant), 3);
        assertEquals(List.of("PoolDebited", "PoolRefunded"), answered());
        assertBalance(IN_THE_POOL);
    }

    @Test
    void aDebitAfterItsCancelMovesNothing() {
        ask(new CancelPoolDebit(distribution, tenant), 1);
        ask(debit(), 2);
        assertEquals(List.of("PoolDebitCancelled"), answered());
        assertBalance(IN_THE_POOL);
    }

    @Test
    void aDebitThatMeetsAnotherInstancesCancelMovesNothing() throws SQLException {
        try (var rival = DriverManager.getConnection(
                        PointsTestResource.surroundings().ownerJdbcUrl());
                var sql = rival.createStatement()) {
            rival.setAutoCommit(false);
            sql.execute("""
                    insert into pool_debits (distribution_id, tenant_id, kind, amount, state, balance_after,
                           pool_version, created_at, updated_at)
                    values ('%s', '%s', 'unknown', 0, 'CANCELLED', %s, 1, now(), now())""".formatted(distribution, tenant, IN_THE_POOL));
            kafka.send(debit());
            Awaitility.await().until(() -> Rivals.isAnyBlocked() || !answers().isEmpty());
            rival.commit();
        }
        awaitAnswers(1);
        assertEquals(List.of("PoolDebitCancelled"), answered());
        assertBalance(IN_THE_POOL);
    }

    private DebitPool debit() {
        return new DebitPool(distribution, tenant, DistributionKind.AWARD, AMOUNT);
    }

    private void ask(PoolCommand command, int answersSoFar) {
        kafka.send(command);
        awaitAnswers(answersSoFar);
    }

    /** A rebalance may bring a command once more, and so its answer: there may be more, never fewer. */
    private void awaitAnswers(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answers().size() >= count);
    }

    /** The kinds of answers that were given, each once, in the order of their first. */
    private List<String> answered() {
        return answers().stream().map(Answer::type).distinct().toList();
    }

    private List<Answer> answers() {
        return kafka.read(Topic.POOL_EVENTS).stream()
                .filter(record -> distribution.toString().equals(TestKafka.header(record, "ce_subject")))
                .map(record -> new Answer(TestKafka.header(record, "ce_type"), TestKafka.header(record, "ce_id")))
                .toList();
    }

    private void assertBalance(int balance) {
        AllocationTest.admin().get("/api/platform/tenants/" + tenant).then().body("balance", equalTo(balance));
    }
}
