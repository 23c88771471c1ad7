package io.points.audit.seal;

import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/**
 * Records of tenants that are left out of sealing wait apart from all others, so that nobody else's turn reads past them. A
 * turn puts those aside that it meets, without a look at what is in them, and takes back what its tenant's time has come for,
 * a slice at a time; a turn that fails leaves them where they were.
 */
@ApplicationScoped
class HeldRecords {

    /** From tenant to tenant by the index, however many records each has. */
    private static final String TAKE_BACK = """
            with recursive holding (tenant_id) as (
                (select tenant_id from audit_unsealed_held order by tenant_id limit 1)
                union all
                select (select next.tenant_id from audit_unsealed_held next where next.tenant_id > holding.tenant_id
                        order by next.tenant_id limit 1)
                from holding where holding.tenant_id is not null),
            back as (
                delete from audit_unsealed_held
                where sequence = any(array(
                    select sequence from audit_unsealed_held
                    where tenant_id = (select tenant_id from holding where tenant_id <> all($2::uuid[]) limit 1)
                    order by sequence limit $1))
                returning sequence)
            insert into audit_unsealed (sequence) select sequence from back
            """;

    private static final String PUT_ASIDE = """
            with first as (select sequence from audit_unsealed order by sequence limit $1),
            theirs as (select tenant_id, sequence from first join audit_log using (sequence)
                       where tenant_id = any($2::uuid[])),
            gone as (delete from audit_unsealed where sequence = any(array(select sequence from theirs)))
            insert into audit_unsealed_held (tenant_id, sequence) select tenant_id, sequence from theirs
            """;

    /**
     * Sorts the oldest records before they are taken.
     *
     * @param leftOut whose records wait apart
     * @param most how many are taken back, and among how many it is looked for those to put aside
     * @return whether any were put aside, so that there may be more
     */
    Uni<Boolean> sort(Tx tx, Set<UUID> leftOut, int most) {
        var tenants = leftOut.toArray(UUID[]::new);
        return tx.query(TAKE_BACK, most, tenants)
                .chain(() -> leftOut.isEmpty()
                        ? Uni.createFrom().item(0)
                        : tx.query(PUT_ASIDE, most, tenants).map(aside -> aside.rowCount()))
                .map(aside -> aside > 0);
    }
}
