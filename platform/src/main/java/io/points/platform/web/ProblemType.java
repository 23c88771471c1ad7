package io.points.platform.web;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every type of problem that a caller may have to tell apart, with its statuses and what it says beyond RFC 9457. The API
 * documents say of each operation which of them it answers ({@link Refuses}).
 */
public enum ProblemType {
    INVALID_REQUEST("The request cannot be read, or something in it is wrong; errors names it", 400),
    UNAUTHORIZED("No valid token came", 401),
    FORBIDDEN("The caller's role does not allow this", 403),
    NO_TENANT("The token has no tenant", 403),
    NOT_FOUND("There is no such thing, or it is another tenant's", 404),
    METHOD_NOT_ALLOWED("The route does not take this method; Allow has those that it takes", 405),
    NOT_ACCEPTABLE("There is no answer of a type that is asked for", 406),
    BODY_TOO_SLOW("The body did not arrive in time, and nothing has happened", 408),
    REQUEST_TOO_SLOW("The request did not arrive in time, and nothing has happened", 408),
    BODY_TOO_LARGE("The body is too large", 413),
    URI_TOO_LONG("The URI is too long", 414),
    UNSUPPORTED_MEDIA_TYPE("The body is of another type than the route takes", 415),
    EXPECTATION_FAILED("The expectation is not known", 417),
    HEADERS_TOO_LARGE("The headers are too large", 431),
    TOO_MANY_REQUESTS("Too many requests are open at once; nothing has happened", 429),
    INTERNAL_ERROR("Something is broken on our side; the detail has an id that stands in the log", 500),
    UNAVAILABLE("It may or may not have happened: repeat it with the same Idempotency-Key", 503),

    IDEMPOTENCY_KEY_REUSED("The Idempotency-Key stands for another request", 422),

    TENANT_EXISTS("A tenant has this id already", 409),
    TENANT_LIMIT_EXCEEDED("The tenant would hold more than 2^53-1 points", 409, Member.required("room")),
    CURRENCY_MISMATCH("The currency is not the tenant's", 422),
    TOO_MUCH_TO_BILL("The amount of money is too large for one entry", 422),
    ALERT_SETTLED("Nobody has to look at the alert any more", 409, state("acknowledged", "over")),

    SECOND_PERSON_REQUIRED("Somebody else must approve it", 409),
    ADJUSTMENT_DECIDED("The adjustment is decided already", 409, state("approved", "rejected")),
    ADJUSTMENT_OUT_OF_RANGE(
            "The balance would be out of range",
            409,
            Member.required("sum_of_entries"),
            // What is kept under an Idempotency-Key from before does not have it.
            Member.optional("sum_of_entries_text")),

    INSUFFICIENT_POOL_BALANCE("The pool holds too little; no points were moved", 409, Member.ofDistribution()),
    INSUFFICIENT_BUDGET_BALANCE("The budget holds too little; no points were moved", 409, Member.ofDistribution()),
    TENANT_SUSPENDED("The tenant is suspended; no points were moved", 409, Member.ofDistribution()),
    TENANT_UNKNOWN("The tenant is not registered; no points were moved", 409, Member.ofDistribution()),
    INVALID_AMOUNT("The pool does not move such an amount; no points were moved", 409, Member.ofDistribution()),
    DEADLINE_PASSED("The pool did not answer in time; no points were moved", 409, Member.ofDistribution()),
    RECEIVER_NOT_ELIGIBLE(
            "The receiver is not an active member with a fitting role; no points were moved",
            Set.of(409, 422),
            Member.ofDistribution()),
    SELF_AWARD("Nobody awards themselves", 422),
    MEMBER_UNKNOWN("The budget's owner is not a member of the tenant", 422),

    PERIOD_NOT_OVER("The month is not over", 409),
    TENANT_NOT_YET_KNOWN("There was no such tenant in the month", 409),
    PERIOD_INCOMPLETE("Not all of the month was heard of", 409),
    PERIOD_NOT_SOFT_CLOSED("The month is not soft-closed", 409),
    PERIOD_NOT_CLOSED("The month is not closed", 409),
    PERIOD_CLOSED("The month is closed", 409),
    EARLIER_PERIOD_OPEN("An earlier month is not closed", 409),
    LATER_PERIOD_CLOSED("A later month is closed", 409),
    REOPENING_NOT_PROPOSED("Nobody has proposed to reopen the month", 409),
    REOPENING_PROPOSED_ALREADY("Somebody else has proposed to reopen the month", 409),
    REOPENING_OUTDATED("The proposal to reopen the month is out of date", 409);

    /**
     * A member that a type has of its own.
     *
     * @param words what it may be; empty if it is no word
     */
    public record Member(String name, boolean required, List<String> words) {

        private static Member required(String name) {
            return new Member(name, true, List.of());
        }

        private static Member optional(String name, String... words) {
            return new Member(name, false, List.of(words));
        }

        /** What is said of a distribution or a batch that did not happen, as far as there is one. */
        private static Member[] ofDistribution() {
            return new Member[] {
                optional("reason"),
                optional("state", "REJECTED", "CANCELLED", "COMPENSATED", "REFUSED"),
                optional("distribution_id"),
                optional("batch_id"),
                optional("balance"),
                optional("refused")
            };
        }
    }

    private static Member state(String... words) {
        return new Member("state", true, List.of(words));
    }

    private final String meaning;
    private final Set<Integer> statuses;
    private final List<Member> members;

    ProblemType(String meaning, int status, Member... members) {
        this(meaning, Set.of(status), members);
    }

    ProblemType(String meaning, Set<Integer> statuses, Member... members) {
        this.meaning = meaning;
        this.statuses = statuses;
        this.members = List.of(members);
    }

    /** The last part of the stable type. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The whole of the stable type. */
    public String uri() {
        return Problem.TYPE_PREFIX + slug();
    }

    /** What it means, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** The HTTP statuses that it comes with. */
    public Set<Integer> statuses() {
        return statuses;
    }

    public List<Member> members() {
        return members;
    }
}
