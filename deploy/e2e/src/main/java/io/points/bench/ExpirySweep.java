package io.points.bench;

import io.points.e2e.Books;
import io.points.local.Clocks;
import io.points.local.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * W9: what awards feel while the expiry round goes through all wallets of a large tenant. Each has a point that can be used for two
 * days; the services' clocks are moved on until owners are told of it, and then until it lapses. The round rests between slices,
 * so both take longer than the awards beside them.
 */
final class ExpirySweep {

    static final int WALLETS = 100_000;
    static final Duration TIME = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAY_TO_A_ROUND = Duration.ofMinutes(2);

    /** It is slow on purpose. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(30);

    private static final long LOOK_EVERY_MILLIS = 100;

    private final Subject subject;
    private final Clocks clocks;
    private final Books books;
    private final Behind behind;
    private final PrintStream out;
    private final Company company = new Company("bench-month-end", WALLETS);

    ExpirySweep(Subject subject, Clocks clocks, PrintStream out) {
        this.subject = subject;
        this.clocks = clocks;
        this.out = out;
        books = new Books(subject.stack());
        behind = new Behind(subject.stack().postgres());
    }

    /** Members who each have a point that can be used until the day after tomorrow: nobody is to be told of it today. */
    void prepare() throws IOException, SQLException {
        out.println("W9: enrolling " + WALLETS + " members, and awarding each a point that lapses.");
        subject.add(company);
        subject.stage()
                .policy(
                        company,
                        new JsonObject()
                                .put(
                                        "earned",
                                        new JsonObject()
                                                .put("expires", new JsonObject().put("after", "P2D"))
                                                .put("to", "nowhere")
                                                .put("notice_days", new JsonArray().add(1))));
        subject.awardAll(company);
        if (withDays() != WALLETS) {
            throw new IllegalStateException("Only " + withDays() + " wallets have points that lapse.");
        }
        behind.cleanUp();
    }

    /** @return p99 in ms, as of all below */
    double alone() {
        return p99("with nothing beside them", () -> true);
    }

    double whileOwnersAreTold() {
        clocksTo(Duration.ofDays(1));
        await("owners are told", LONGEST_WAY_TO_A_ROUND, () -> told() > 0);
        double p99 = p99("while owners are told", () -> told() < WALLETS);
        await("all owners are told", LONGEST_ROUND, () -> told() == WALLETS);
        subject.awaitRest();
        return p99;
    }

    /** On the day after the last on which they can be used. */
    double whilePointsLapse() throws SQLException {
        clocksTo(Duration.ofDays(3));
        await("points lapse", LONGEST_WAY_TO_A_ROUND, () -> withDays() < WALLETS);
        double p99 = p99("while points lapse", () -> withDays() > 0);
        await("all points have lapsed", LONGEST_ROUND, () -> withDays() == 0);
        subject.awaitRest();
        behind.cleanUp();
        return p99;
    }

    /** How fast the round went through the wallets whose points lapsed. */
    double walletsPerSecond() {
        return WALLETS
                * 1_000.0
                / books.number(
                        Service.DISTRIBUTION,
                        "select (extract(epoch from max(created_at) - min(created_at)) * 1000)::bigint from wallet_ledger"
                                + " where cause = 'expiry' and tenant_id = '" + company.id() + "'");
    }

    private double p99(String during, BooleanSupplier goesOn) {
        return subject.constantRate(during, goesOn).sample().millis(99);
    }

    private long withDays() {
        return books.number(
                Service.DISTRIBUTION,
                "select count(*) from wallets where next_expiry is not null and tenant_id = '" + company.id() + "'");
    }

    private long told() {
        return books.number(
                Service.DISTRIBUTION, "select count(*) from expiry_notices where tenant_id = '" + company.id() + "'");
    }

    private void clocksTo(Duration ahead) {
        for (var service : Service.values()) {
            clocks.move(service, ahead);
        }
    }

    private static void await(String what, Duration longest, BooleanSupplier met) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!met.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("W9: not after " + longest.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
