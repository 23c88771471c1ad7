package io.points.chaos;

import io.points.chaos.Operation.Kind;
import io.points.chaos.Operation.Manner;
import io.points.chaos.Script.Step;
import io.points.local.Parallel;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Callers who do what the script says, many at once, and repeat what got no answer under the same key. */
final class Workload {

    /** Agrees to what takes two administrators, or does not. */
    static final String SECOND_ADMIN = "admin-b";

    /** What the second administrator does about a proposal, or the first, follows from the key under which it was made. */
    static final int WITHDRAWS = 0;

    static final int REJECTS = 1;
    static final int APPROVES = 2;

    /** Refusals before anything was begun. */
    private static final Set<String> LIMITS = Set.of("limit-exceeded", "too-many-held");

    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);
    /** Doubled with each try: callers who only knock faster keep whoever starts again from it. */
    private static final long PAUSE_MILLIS = 150;

    private static final long LONGEST_PAUSE_MILLIS = 1_200;

    private final Cluster cluster;
    private final Script script;
    private final History history;
    private final Caller caller;
    private final Approvers approvers;
    private final AtomicLong next = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    Workload(Cluster cluster, Script script, History history, Caller caller) {
        this.cluster = cluster;
        this.script = script;
        this.history = history;
        this.caller = caller;
        approvers = new Approvers(cluster, history, caller);
    }

    Approvers approvers() {
        return approvers;
    }

    void start(int callers) {
        history.begin();
        for (int i = 0; i < callers; i++) {
            var thread = new Thread(this::run, "caller-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    /** Lets every caller end what it has begun. */
    void finish() {
        ending = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void run() {
        while (!ending) {
            try {
                take(script.step(next.getAndIncrement()));
            } catch (RuntimeException e) {
                history.violation("the harness itself: " + e);
                throw e;
            }
        }
    }

    private void take(Step step) {
        if (step instanceof Step.Ask ask) {
            perform(ask.operation());
        } else if (step instanceof Step.Repeat repeat) {
            repeat(history.earlier(repeat.which()), repeat.otherBody());
        } else if (step instanceof Step.Peek peek) {
            peek(history.earlier(peek.which()), peek.by());
        } else if (step instanceof Step.TakeBack back) {
            takeBack(back);
        } else if (step instanceof Step.Turn turn) {
            turn(turn.company(), turn.employee(), turn.active());
        } else if (step instanceof Step.Decide decide) {
            approvers.decideSome(decide.company());
        }
    }

    /** Asks until there is an answer, or a minute is over. */
    OperationResult perform(Operation operation) {
        history.invoke(operation);
        if (operation.manner() == Manner.HANGS_UP) {
            try {
                caller.hangUp(
                        operation.user(), url(operation, 0), operation.key(), operation.body(), 1 + operation.amount());
            } catch (IOException e) {
                // Whoever hangs up does not hear of it.
            }
            history.unknown(operation, true, "hung up");
        }
        return ask(operation, LONGEST_TRY, operation.manner() != Manner.HANGS_UP);
    }

    /** Asks again for what is still unknown. */
    OperationResult ask(Operation operation, Duration longest, boolean first) {
        long deadline = System.nanoTime() + longest.toNanos();
        for (int attempt = 0; ; attempt++) {
            long began = System.nanoTime();
            String fault;
            try {
                var answer = caller.post(
                        operation.user(),
                        url(operation, attempt),
                        operation.key(),
                        operation.manner() == Manner.ASYNC ? "respond-async" : null,
                        operation.body());
                if (!answer.decidesNothing()) {
                    var outcome = outcome(operation, answer);
                    history.answer(operation, outcome, began);
                    return outcome;
                }
                fault = Integer.toString(answer.status());
                if (answer.status() != 503 && answer.status() != 429) {
                    history.violation("answered " + answer.status() + ": " + answer.body());
                }
            } catch (IOException e) {
                fault = e.toString();
            }
            history.unknown(operation, first && attempt == 0, fault);
            if (System.nanoTime() - deadline > 0) {
                return OperationResult.UNKNOWN;
            }
            Waits.pause(Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(attempt, 10)));
        }
    }

    private String url(Operation operation, int attempt) {
        return cluster.url(operation.kind().service(), operation.key().hashCode() + attempt) + operation.path();
    }

    private OperationResult outcome(Operation operation, Caller.Answer answer) {
        var id = answer.text(operation.kind().idField());
        if (operation.kind().takesBack() && problem(answer).startsWith("already-")) {
            history.second(operation.kind());
        }
        if (answer.status() == 409 && LIMITS.contains(problem(answer))) {
            history.limited();
            return new OperationResult("REFUSED", null);
        }
        return switch (answer.status()) {
            // A batch that is over may be so in part; its distribution tells.
            case 201 -> new OperationResult(operation.kind() == Kind.BATCH ? "OPEN" : "COMPLETED", id);
            case 202 ->
                operation.kind() == Kind.CLAWBACK
                        ? decided(operation, answer.text("proposal_id"))
                        : new OperationResult("OPEN", id);
            case 409 ->
                operation.kind().isDistribution() && !operation.kind().takesBack()
                        // How a batch was refused, its distribution tells.
                        ? new OperationResult(operation.kind() == Kind.BATCH ? "OPEN" : answer.text("state"), id)
                        : new OperationResult("REFUSED", null);
            case 422 -> new OperationResult("REFUSED", null);
            default -> {
                history.violation(operation + " was answered " + answer);
                yield new OperationResult("REFUSED", null);
            }
        };
    }

    /** The last part of a problem's type; empty if it is none. */
    private static String problem(Caller.Answer answer) {
        var type = String.valueOf(answer.text("type"));
        return type.startsWith("urn:") ? type.substring(type.lastIndexOf(':') + 1) : "";
    }

    /** What takes two people is approved or rejected by the second, or withdrawn by the first: which of them, follows from the key. */
    private OperationResult decided(Operation operation, String proposal) {
        int choice = choice(operation.key());
        var decision = choice == WITHDRAWS ? "withdraw" : choice == REJECTS ? "reject" : "approve";
        var path = "/api/platform/proposals/" + proposal + "/" + decision;
        long deadline = System.nanoTime() + LONGEST_TRY.toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                var answer = caller.post(
                        choice == WITHDRAWS ? operation.user() : SECOND_ADMIN,
                        cluster.url(Service.ALLOCATION, operation.key().hashCode() + attempt) + path,
                        operation.key() + "-decision",
                        null,
                        choice == REJECTS ? Map.of("reason", "Chaos") : Map.of());
                if (!answer.decidesNothing()) {
                    // Days may have passed since.
                    if (answer.status() != 200 && !"expired".equals(answer.text("state"))) {
                        history.violation("a proposal was not decided: " + operation + " " + answer);
                    }
                    var clawback = answer.text("result_id");
                    return clawback == null
                            ? new OperationResult("REFUSED", null)
                            : new OperationResult("COMPLETED", clawback);
                }
            } catch (IOException e) {
                // Asked again below.
            }
            if (System.nanoTime() - deadline > 0) {
                return OperationResult.UNKNOWN;
            }
            Waits.pause(Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(attempt, 10)));
        }
    }

    static int choice(String key) {
        return Math.min(APPROVES, Math.floorMod(key.hashCode(), 4));
    }

    /** Several at once, each under a key of its own. */
    private void takeBack(Step.TakeBack step) {
        var given = history.earlier(step.which(), step.ofBatch() ? Kind.BATCH::equals : Kind::isAward);
        if (given == null) {
            return;
        }
        var id = history.outcome(given).id();
        Parallel.all(step.keys().stream()
                .<Runnable>map(key -> () -> perform(Operation.back(given, id, key, Manner.PATIENT)))
                .toList());
    }

    /** Promise 4: the same key names the same thing, and nothing else. */
    private void repeat(Operation operation, boolean otherBody) {
        if (operation == null) {
            return;
        }
        var before = history.outcome(operation);
        var body = otherBody ? operation.otherBody() : operation.body();
        Caller.Answer answer;
        try {
            answer = caller.post(operation.user(), url(operation, 1), operation.key(), "respond-async", body);
        } catch (IOException e) {
            Waits.pause(PAUSE_MILLIS);
            return;
        }
        if (answer.decidesNothing()) {
            return;
        }
        history.repeated();
        if (otherBody) {
            if (answer.status() != 422 || !String.valueOf(answer.text("type")).contains("idempotency-key-reused")) {
                history.violation("a key was taken for another body: " + operation + " " + answer);
            }
            return;
        }
        var now = outcome(operation, answer);
        if (!before.isKnown() || !now.isKnown()) {
            return;
        }
        boolean goesOn = before.isOpen() || now.isOpen();
        if (!String.valueOf(before.id()).equals(String.valueOf(now.id()))
                || !goesOn && !before.state().equals(now.state())) {
            history.violation("a key named " + before + " and then " + now + ": " + operation);
        }
    }

    /** Promise 6: what another tenant has does not exist. */
    private void peek(Operation operation, Company by) {
        if (operation == null || operation.company().equals(by)) {
            return;
        }
        var id = history.outcome(operation).id();
        var paths = new ArrayList<>(List.of(
                "/api/wallets/" + operation.company().leadId(),
                "/api/members/" + operation.company().leadId()));
        if (id != null && operation.kind().isDistribution()) {
            paths.add("/api/allocations/distributions/" + id);
        }
        for (var path : paths) {
            try {
                var answer = caller.get(by.manager(), cluster.url(Service.DISTRIBUTION, operation.amount()) + path);
                if (!answer.decidesNothing()) {
                    history.peeked();
                    if (answer.status() != 404) {
                        history.violation(Verdict.CROSS_TENANT + path + " of "
                                + operation.company().id() + " by " + by.id() + ": " + answer);
                    }
                }
            } catch (IOException e) {
                // Not seen is not seen.
                Waits.pause(PAUSE_MILLIS);
            }
        }
    }

    /** A member is deactivated or activated while awards to them are on their way. */
    void turn(Company company, Object employee, boolean active) {
        try {
            caller.put(
                    company.manager(),
                    cluster.url(Service.DISTRIBUTION, employee.hashCode()) + "/api/members/" + employee,
                    Map.of("role", "employee", "active", active));
        } catch (IOException e) {
            // Whoever needs it done looks at the answer; here it is only unrest.
            Waits.pause(PAUSE_MILLIS);
        }
    }
}
