package io.points.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.points.local.Parallel;
import io.points.local.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;

/** Managers who decide about what waits for approval: alone, or two at the same time, who may not be of one opinion. */
final class Approvers {

    private static final Duration LONGEST_TRY = Duration.ofSeconds(60);
    private static final int MOST_AT_ONCE = 5;
    private static final int LOOKED_AT = 100;
    private static final long PAUSE_MILLIS = 150;

    private final Cluster cluster;
    private final History history;
    private final Caller caller;

    Approvers(Cluster cluster, History history, Caller caller) {
        this.cluster = cluster;
        this.history = history;
        this.caller = caller;
    }

    /** What somebody says. */
    private enum Word {
        APPROVE,
        REJECT,
        WITHDRAW;

        String path() {
            return "/" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Who says what about something, at the same time. */
    enum Way {
        ONE_YES(Word.APPROVE),
        TWO_YESES(Word.APPROVE, Word.APPROVE),
        NO(Word.REJECT),
        YES_AND_NO(Word.APPROVE, Word.REJECT),
        WITHDRAWAL(Word.WITHDRAW),
        YES_AND_WITHDRAWAL(Word.APPROVE, Word.WITHDRAW),
        /** Until its time is over. */
        SILENCE;

        private final List<Word> words;

        Way(Word... words) {
            this.words = List.of(words);
        }

        /** Whoever comes upon it does the same about it. */
        static Way about(String distribution) {
            return values()[Math.floorMod(distribution.hashCode(), values().length)];
        }
    }

    /** Some of what waits is decided, each in its own way. */
    void decideSome(Company company) {
        var decided = 0;
        for (var item : waiting(company)) {
            var way = Way.about(id(item));
            if (way != Way.SILENCE && decided++ < MOST_AT_ONCE) {
                decide(company, item, way);
            }
        }
    }

    /** Nothing of the tenant's waits any more: about whatever still does, somebody says no. */
    void end(Company company) {
        waiting(company).forEach(item -> decide(company, item, Way.NO));
    }

    /** One that waits. */
    void decide(Company company, String id, Way way) {
        waiting(company).stream().filter(item -> id(item).equals(id)).forEach(item -> decide(company, item, way));
    }

    private void decide(Company company, JsonNode item, Way way) {
        var ends = new ConcurrentSkipListSet<String>();
        var said = new ArrayList<Runnable>();
        for (int i = 0; i < way.words.size(); i++) {
            var word = way.words.get(i);
            var who = word == Word.WITHDRAW
                    ? asker(company, item)
                    : company.approvers().get(i % company.approvers().size());
            said.add(() -> say(id(item), word, who, ends));
        }
        Parallel.all(said);
        if (ends.size() > 1) {
            history.violation(
                    "what waited for approval was said to have ended in different ways: " + item + " " + ends);
        }
    }

    private static String asker(Company company, JsonNode item) {
        return company.leadId().toString().equals(item.path("requested_by").asText())
                ? company.lead()
                : company.manager();
    }

    /** Until there is an answer, or a minute is over. */
    private void say(String id, Word word, String who, Set<String> ends) {
        var key = UUID.randomUUID().toString();
        var body = word == Word.REJECT ? Map.of("reason", "Chaos") : Map.of();
        long deadline = System.nanoTime() + LONGEST_TRY.toNanos();
        while (System.nanoTime() - deadline < 0) {
            try {
                var answer = caller.post(who, url() + "/" + id + word.path(), key, null, body);
                if (!answer.decidesNothing()) {
                    heard(answer, ends);
                    return;
                }
            } catch (IOException e) {
                // Nobody knows whether it was heard; the key will tell.
            }
            Waits.pause(PAUSE_MILLIS);
        }
    }

    private void heard(Caller.Answer answer, Set<String> ends) {
        var isLate = answer.status() == 409 && answer.text("type").endsWith(":already-decided");
        if (isLate) {
            history.lateDecision();
        }
        if (!isLate && answer.status() != 200) {
            history.violation("a decision about what waits for approval was answered " + answer);
        } else if (!"open".equals(answer.text("state"))) {
            ends.add(answer.text("state"));
        }
    }

    private List<JsonNode> waiting(Company company) {
        var items = new ArrayList<JsonNode>();
        Waits.until(LONGEST_TRY, () -> {
            try {
                var answer = caller.get(company.approvers().get(0), url() + "?limit=" + LOOKED_AT);
                if (answer.status() == 200) {
                    answer.body().path("items").forEach(items::add);
                }
                return answer.status() == 200;
            } catch (IOException e) {
                return false;
            }
        });
        return items;
    }

    private String url() {
        return cluster.url(Service.DISTRIBUTION, System.nanoTime()) + "/api/approvals";
    }

    private static String id(JsonNode item) {
        return item.path("distribution_id").asText();
    }
}
