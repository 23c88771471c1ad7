package io.points.allocation.tenant;

import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** What a tenant has agreed to pay, as it is read. {@link Contracts} writes. */
@Entity
@Immutable
@IdClass(Contract.Key.class)
@Table(name = "contract_logs")
class Contract extends PanacheEntityBase {

    /** Longest PO number and cost centre, in characters. */
    static final int LONGEST_TEXT = 100;

    /** Which contract of which tenant. */
    record Key(UUID tenantId, long revision) {}

    @Id
    UUID tenantId;

    @Id
    long revision;

    @Column(columnDefinition = "char(3)")
    String currency;

    BigDecimal pricePerPoint;

    @Nullable
    String poNumber;

    @Nullable
    String costCentre;

    Instant validFrom;
    UUID createdBy;
    Instant createdAt;

    /**
     * What a contract says.
     *
     * @param price of one point, in the currency's major unit
     */
    record Terms(
            String currency,
            BigDecimal price,
            @Nullable String poNumber,
            @Nullable String costCentre,
            Instant validFrom) {

        /** True if nobody could tell the two apart, but for when they begin. */
        boolean sayTheSameAs(Terms other) {
            return currency.equals(other.currency)
                    && price.compareTo(other.price) == 0
                    && Objects.equals(poNumber, other.poNumber)
                    && Objects.equals(costCentre, other.costCentre);
        }
    }

    static Uni<Contract> of(UUID tenantId, long revision) {
        return Contract.<Contract>find("tenantId = ?1 and revision = ?2", tenantId, revision)
                .firstResult();
    }

    /** The contracts whose revision is below {@code before}; all if it is null. */
    static Uni<List<Contract>> newestFirst(UUID tenantId, @Nullable Long before, int rows) {
        return Contract.<Contract>find(
                        "tenantId = ?1 and revision < ?2 order by revision desc",
                        tenantId,
                        before == null ? Long.MAX_VALUE : before)
                .range(0, rows - 1)
                .list();
    }

    /**
     * Since when a contract is in force that somebody registers a tenant with.
     *
     * @param text now if null
     * @throws ProblemException 400 if it is no time, or has not come
     */
    static Instant validSince(@Nullable String text, Instant now) {
        var time = time(text, now);
        if (time.isAfter(now)) {
            throw Problem.badRequest("valid_from", "must not be in the future").exception();
        }
        return time;
    }

    /**
     * That a contract which replaces another begins no earlier than now.
     *
     * @throws ProblemException 400 if its time has passed: it would contradict what was allocated since
     */
    static void requireNotPassed(Instant validFrom, Instant now) {
        if (validFrom.isBefore(now)) {
            throw Problem.badRequest("valid_from", "must not be in the past").exception();
        }
    }

    /**
     * When a contract begins.
     *
     * @param text now if null
     * @throws ProblemException 400 if it is no time
     */
    static Instant time(@Nullable String text, Instant now) {
        return text == null ? now : Params.time("valid_from", text).truncatedTo(ChronoUnit.MICROS);
    }
}
