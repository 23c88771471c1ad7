package io.points.distribution.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A line of a wallet's ledger as it is read. */
@Entity
@Immutable
@IdClass(WalletLine.Key.class)
@Table(name = "wallet_ledger")
public class WalletLine extends PanacheEntityBase {
    @Id
    public UUID tenantId;

    @Id
    public UUID userId;

    @Id
    public String kind;

    @Id
    public long entryNumber;

    public long amount;

    @Column(name = "balance_after")
    public long balanceAfter;

    public UUID distributionId;
    public Instant createdAt;
    public @Nullable String cause;

    /** Entry numbers are gap-free per wallet. */
    public static class Key implements Serializable {
        public UUID tenantId;
        public UUID userId;
        public String kind;
        public long entryNumber;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.tenantId.equals(tenantId)
                    && key.userId.equals(userId)
                    && key.kind.equals(kind)
                    && key.entryNumber == entryNumber;
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenantId, userId, kind, entryNumber);
        }
    }

    /**
     * A line over HTTP: {@code wallet} is {@code budget} or {@code earned}, {@code amount} signed points.
     *
     * @param distributionId the distribution; of a hold or its release, the one that waits, or has waited
     * @param cause absent if it is a distribution, or an adjustment
     * @param distribution what it comes of; null if that is not asked for, or if it is an adjustment or has lapsed
     */
    @Schema(name = "WalletEntry")
    record View(
            @Schema(implementation = WalletKind.class) String wallet,
            long entryNumber,
            long amount,
            long balanceAfter,
            UUID distributionId,
            Instant occurredAt,

            @Schema(implementation = EntryCause.class) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String cause,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            EntryOrigin distribution) {
        static View of(WalletLine line, UUID distributionId, @Nullable EntryOrigin distribution) {
            return new View(
                    line.kind,
                    line.entryNumber,
                    line.amount,
                    line.balanceAfter,
                    distributionId,
                    line.createdAt,
                    line.cause,
                    distribution);
        }
    }
}
