package io.points.platform.web.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every type of problem that a caller may have to tell apart, with its statuses and what it says beyond RFC 9457. The API
 * documents say of each operation which of them it answers ({@link Refuses}).
 */
public enum ProblemType {
    INVALID_REQUEST("The request is malformed or invalid; errors names the fields", 400),
    UNAUTHORIZED("The request has no valid token", 401),
    FORBIDDEN("The caller's role does not allow this", 403),
    NO_TENANT("The token has no tenant", 403),
    NOT_FOUND("The resource does not exist, or belongs to another tenant", 404),
    METHOD_NOT_ALLOWED("The route does not support this method; Allow lists those it supports", 405),
    NOT_ACCEPTABLE("The route produces none of the media types in Accept", 406),
    BODY_TOO_SLOW("The body did not arrive in time; the request was not processed", 408),
    REQUEST_TOO_SLOW("The request did not arrive in time; it was not processed", 408),
    BODY_TOO_LARGE("The body is too large", 413),
    URI_TOO_LONG("The URI is too long", 414),
    UNSUPPORTED_MEDIA_TYPE("The route does not accept the media type of the body", 415),
    EXPECTATION_FAILED("The expectation is not supported", 417),
    HEADERS_TOO_LARGE("The headers are too large", 431),
    TOO_MANY_REQUESTS("Too many concurrent requests; this one was not processed", 429),
    INTERNAL_ERROR("An internal error occurred; the detail has the id under which it is logged", 500),
    UNAVAILABLE("The request may or may not have been processed; retry it with the same Idempotency-Key", 503),

    PRECONDITION_FAILED(
            "It has changed since the caller read it, or does not exist; nothing was changed",
            412,
            Member.optional("revision")),
    IDEMPOTENCY_KEY_REUSED("The Idempotency-Key was used for another request", 422),

    TENANT_EXISTS("A tenant with this id already exists", 409),
    TENANT_LIMIT_EXCEEDED("The tenant would hold more than 2^53-1 points", 409, Member.required("room")),
    MONTHLY_CAP_EXCEEDED(
            "The tenant is allocated no more in this month; no points were moved",
            409,
            Member.required("room"),
            Member.required("month")),
    CURRENCY_MISMATCH("The currency is not the tenant's", 422),
    AMOUNT_OR_ALL("Either an amount or all is to be named; no points were moved", 422),
    TOO_MUCH_TO_BILL("The amount of money is too large for one billing entry", 422),
    INVALID_CLOSING("A tenant cannot be closed so; errors names the fields", 422),
    CLOSING_PROPOSED_ALREADY("The same has been proposed already", 409, Member.required("proposal_id")),
    NOT_CLOSING("The tenant is not being closed", 409),
    CLOSING_TOO_FAR("The closing can be called off no more", 409),
    ERASURE_TOO_EARLY("What is known of the tenant's people is still needed", 409, Member.optional("from")),
    INVALID_SCHEDULE("No schedule can be so; errors names the fields", 422),
    SCHEDULE_ENDED("The schedule has ended", 409),
    RUN_DONE("The period of the schedule was run", 409),
    ALERT_SETTLED("The alert is settled", 409, state("acknowledged", "over")),

    SECOND_PERSON_REQUIRED("Another person must approve it", 409),
    ALREADY_DECIDED(
            "It has been decided already",
            409,
            state("approved", "rejected", "withdrawn", "expired", "refused", "granted", "declined"),
            Member.required("decided_at")),
    TOO_MANY_HELD(
            "Too much waits for approval already; no points were moved",
            409,
            Member.required("rule"),
            Member.optional("limit")),
    INVALID_WISH("Whoever would get the points does not fit the kind of the wish", 422),
    TOO_MANY_WISHES("Too many of the caller's wishes are open", 409),
    TOO_MANY_OPEN_REQUESTS("Too many of the tenant's requests for points are open", 409),
    NOT_HELD("The distribution does not wait for approval", 409),
    CONFLICT_OF_INTEREST("Nobody decides about what they would get", 409),
    ADJUSTMENT_DECIDED("The adjustment has already been decided", 409, state("approved", "rejected")),
    ADJUSTMENT_OUT_OF_RANGE(
            "The balance would be out of range",
            409,
            Member.required("sum_of_entries"),
            // What is kept under an Idempotency-Key from before does not have these.
            Member.optional("sum_of_entries_text"),
            Member.optional("in_departments")),

    INSUFFICIENT_POOL_BALANCE("The pool holds too little; no points were moved", 409, Member.ofDistribution()),
    INSUFFICIENT_DEPARTMENT_BALANCE(
            "The department's envelope holds too little; no points were moved", 409, Member.ofDistribution()),
    DEPARTMENT_CLOSED("The department is closed; no points were moved", 409, Member.optional("rule")),
    DEPARTMENT_IN_USE("The department has parts or holds points, or there are too many; nothing was changed", 409),
    NOT_YOUR_DEPARTMENT("The caller gives from other departments only; nothing was moved or changed", 403),
    INSUFFICIENT_BUDGET_BALANCE("The budget holds too little; no points were moved", 409, Member.ofDistribution()),
    TENANT_SUSPENDED("The tenant is suspended; no points were moved", 409, Member.ofDistribution()),
    TENANT_CLOSING("The tenant is being closed; nothing was moved or changed", 409, Member.ofDistribution()),
    TENANT_CLOSED("The tenant is closed; nothing was moved or changed", 409, Member.ofDistribution()),
    TENANT_UNKNOWN("The tenant is not registered; no points were moved", 409, Member.ofDistribution()),
    INVALID_AMOUNT("The amount is invalid; no points were moved", 409, Member.ofDistribution()),
    DEADLINE_PASSED("The pool did not answer in time; no points were moved", 409, Member.ofDistribution()),
    APPROVAL_REJECTED("It was not approved; its points are where they were", 409, Member.ofDistribution()),
    APPROVAL_EXPIRED("It was not approved in time; its points are where they were", 409, Member.ofDistribution()),
    WITHDRAWN("It was withdrawn before it was approved; its points are where they were", 409, Member.ofDistribution()),
    RECEIVER_NOT_ELIGIBLE(
            "The receiver is not an active member with the required role; no points were moved",
            Set.of(409, 422),
            Member.ofDistribution()),
    NO_ALLOWANCE("No rule of the company gives the caller an allowance; no points were moved", 403),
    LIMIT_EXCEEDED(
            "A rule of the company allows no more; no points were moved",
            409,
            Member.required("rule"),
            Member.optional("counts", "points", "awards"),
            Member.optional("limit"),
            Member.optional("used"),
            Member.optional("left"),
            Member.optional("window"),
            Member.optional("resets_on"),
            Member.optional("to_user_id")),
    DUPLICATE_AWARD(
            "The same was given shortly before; no points were moved",
            409,
            Member.required("rule"),
            Member.required("duplicate_of"),
            // What is kept under an Idempotency-Key from before does not have it.
            Member.optional("resets_at")),
    SELF_AWARD("Self-awards are not allowed", 422),
    ALREADY_REVERSED("The award has been reversed already", 409, Member.required("reversed_by")),
    UNDO_PROPOSED_ALREADY("It waits for approval already that it is taken back", 409, Member.required("proposal_id")),
    ALREADY_UNDONE("The batch has been undone already", 409, Member.optional("undone_by")),
    NOT_COMPLETED(
            "The award, or the batch, has not completed",
            409,
            state(
                    "REQUESTED",
                    "CANCELLING",
                    "COMPENSATING",
                    "REJECTED",
                    "CANCELLED",
                    "COMPENSATED",
                    "HELD",
                    "ACCEPTED",
                    "REFUSED")),
    NOT_REVERSIBLE("Only awards can be reversed", 409),
    REVERSAL_TOO_LATE("It is too late to reverse the award", 409, Member.required("until")),
    SHORTFALL(
            "The wallet holds less than the award; no points were moved",
            409,
            Member.optional("balance"),
            Member.optional("short")),
    MEMBER_UNKNOWN("The budget's owner is not a member of the tenant", 422),
    NO_MONTHLY_ALLOWANCE("No rule of the company gives the member an allowance by the month; nothing was changed", 409),
    BOOSTED_ALREADY("The member's allowance of the month has another boost already", 409, Member.required("points")),
    INVALID_POLICY("The policy's fields do not go together; nothing was changed", 422),

    PERIOD_NOT_OVER("The month is not over", 409),
    TENANT_NOT_YET_KNOWN("The tenant did not exist in the month", 409),
    PERIOD_INCOMPLETE("Events of the month are missing", 409),
    PERIOD_NOT_SOFT_CLOSED("The month is not soft-closed", 409),
    PERIOD_NOT_CLOSED("The month is not closed", 409),
    EARLIER_DATE("A last day can only be moved later; nothing was changed", 409),
    PERIOD_CLOSED("The month is closed", 409),
    EARLIER_PERIOD_OPEN("An earlier month is not closed", 409),
    LATER_PERIOD_CLOSED("A later month is closed", 409),
    REOPENING_NOT_PROPOSED("Nobody has proposed to reopen the month", 409),
    REOPENING_PROPOSED_ALREADY("Another person has already proposed to reopen the month", 409),
    REOPENING_OUTDATED("The proposal to reopen the month is out of date", 409),
    REOPENING_LAPSED("The proposal to reopen the month has lapsed", 409),
    CLOSING_RUNNING("A job is closing the month", 409),
    PROPOSER_REQUIRED("Only whoever proposed it can withdraw it", 409),
    LATE_ENTRY_UNKNOWN("An entry is not a late entry of the month", 422),
    LATE_ENTRIES_INCOMPLETE("The entries cannot be moved without others", 409);

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
