package io.points.distribution.department;

import io.points.contract.Account;
import io.points.contract.BalanceEvent.BalanceAttested;
import io.points.contract.Message;
import io.points.contract.PoolEvent.PointsReturned;
import io.points.contract.PoolEvent.PoolDebitCancelled;
import io.points.contract.PoolEvent.PoolDebited;
import io.points.contract.PoolEvent.PoolExpired;
import io.points.contract.PoolEvent.PoolPointsMoved;
import io.points.contract.PoolEvent.PoolRefunded;
import io.points.platform.outbox.Tx;
import io.points.platform.persistence.Columns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in departments' envelopes, as the pool's events tell it: the newest entry wins, in whatever order they come. What the pool's
 * owner attests of an entry is believed rather than what was told of it.
 */
@ApplicationScoped
public class DepartmentBalances {

    private static final String UPDATE = """
            insert into department_balances as d (tenant_id, department_id, balance, entry_number)
            select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])
            on conflict (tenant_id, department_id) do update set balance = excluded.balance, entry_number = excluded.entry_number
            where excluded.entry_number >= d.entry_number
            """;

    /** What a message tells of an envelope. */
    private record Told(UUID tenantId, UUID departmentId, long entry, long balance) {

        private static Stream<Told> of(
                UUID tenantId, @Nullable UUID departmentId, @Nullable Long entry, @Nullable Long balance) {
            return departmentId == null || entry == null || balance == null
                    ? Stream.empty()
                    : Stream.of(new Told(tenantId, departmentId, entry, balance));
        }

        private String order() {
            return tenantId + "/" + departmentId;
        }
    }

    /** Whether a message tells anything of envelopes. */
    public static boolean tells(Message message) {
        return told(message).findAny().isPresent();
    }

    /** Takes over what the messages tell; without any that does, nothing is written. */
    public Uni<Void> update(Tx tx, Collection<Message> messages) {
        var newest = new TreeMap<String, Told>();
        messages.stream()
                .flatMap(DepartmentBalances::told)
                .forEach(told ->
                        newest.merge(told.order(), told, (one, other) -> other.entry() >= one.entry() ? other : one));
        if (newest.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var all = List.copyOf(newest.values());
        return tx.query(
                        UPDATE,
                        Columns.uuids(all, Told::tenantId),
                        Columns.uuids(all, Told::departmentId),
                        Columns.longs(all, Told::balance),
                        Columns.longs(all, Told::entry))
                .replaceWithVoid();
    }

    private static Stream<Told> told(Message message) {
        if (message instanceof PoolDebited it) {
            return Told.of(it.tenantId(), it.departmentId(), it.departmentEntry(), it.departmentBalance());
        }
        if (message instanceof PoolDebitCancelled it) {
            return Told.of(it.tenantId(), it.departmentId(), it.departmentEntry(), it.departmentBalance());
        }
        if (message instanceof PoolRefunded it) {
            return Told.of(it.tenantId(), it.departmentId(), it.departmentEntry(), it.departmentBalance());
        }
        if (message instanceof PointsReturned it) {
            return Told.of(it.tenantId(), it.departmentId(), it.departmentEntry(), it.departmentBalance());
        }
        if (message instanceof PoolExpired it) {
            return Told.of(it.tenantId(), it.departmentId(), it.departmentEntry(), it.departmentBalance());
        }
        if (message instanceof PoolPointsMoved it) {
            return Stream.concat(
                    Told.of(it.tenantId(), it.fromDepartmentId(), it.fromEntry(), it.fromBalance()),
                    Told.of(it.tenantId(), it.toDepartmentId(), it.toEntry(), it.toBalance()));
        }
        return message instanceof BalanceAttested attested && attested.account() == Account.DEPARTMENT
                ? attested.balances().stream()
                        .map(it -> new Told(attested.tenantId(), it.holderId(), it.entryNumber(), it.storedBalance()))
                : Stream.empty();
    }
}
