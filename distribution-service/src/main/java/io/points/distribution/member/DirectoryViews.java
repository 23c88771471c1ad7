package io.points.distribution.member;

import io.points.distribution.member.DirectoryEntry.Viewer;
import io.points.distribution.member.DirectoryResource.Found;
import io.points.distribution.member.DirectoryResource.Matches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds people for whoever gives. Every query is within one tenant. */
@ApplicationScoped
class DirectoryViews {

    private final MemberViews members;

    DirectoryViews(MemberViews members) {
        this.members = members;
    }

    /** Those whose names begin with it; for a manager, those whose addresses do too. */
    Uni<Matches> search(UUID tenantId, String words, @Nullable Purpose purpose, int limit, Viewer viewer) {
        var everybody = new MemberSearch.Among(tenantId, List.of(MemberRole.values()), List.of(true, false));
        var search = MemberSearch.byName(
                everybody,
                new MemberSearch.Text(words, viewer.isManager()),
                null,
                purpose == null ? null : purpose.receiver(),
                limit + 1);
        return members.find(search)
                .map(rows -> new Matches(
                        rows.stream()
                                .limit(limit)
                                .map(row -> DirectoryEntry.of(row, purpose, viewer))
                                .toList(),
                        rows.size() > limit));
    }

    /** Each once: first those of the ids, in their order, then those of the addresses, by name. */
    Uni<Found> resolve(
            UUID tenantId, List<UUID> ids, List<String> addresses, @Nullable Purpose purpose, Viewer viewer) {
        var distinctIds = List.copyOf(new LinkedHashSet<>(ids));
        var distinctAddresses = List.copyOf(new LinkedHashSet<>(addresses));
        return find(MemberSearch.ofIds(tenantId, distinctIds), distinctIds)
                .chain(byId -> find(MemberSearch.ofAddresses(tenantId, distinctAddresses), distinctAddresses)
                        .map(byAddress -> found(distinctIds, byId, distinctAddresses, byAddress, purpose, viewer)));
    }

    private Uni<List<Row>> find(MemberSearch search, List<?> asked) {
        return asked.isEmpty() ? Uni.createFrom().item(List.of()) : members.find(search);
    }

    private static Found found(
            List<UUID> ids,
            List<Row> byId,
            List<String> addresses,
            List<Row> byAddress,
            @Nullable Purpose purpose,
            Viewer viewer) {
        var rows = new HashMap<UUID, Row>();
        byId.forEach(row -> rows.put(row.getUUID("user_id"), row));
        var items = new LinkedHashMap<UUID, DirectoryEntry>();
        ids.stream()
                .filter(rows::containsKey)
                .forEach(id -> items.put(id, DirectoryEntry.of(rows.get(id), purpose, viewer)));
        var known = new HashSet<String>();
        for (var row : byAddress) {
            known.add(row.getString("asked"));
            items.computeIfAbsent(row.getUUID("user_id"), id -> DirectoryEntry.of(row, purpose, viewer));
        }
        return new Found(
                List.copyOf(items.values()),
                ids.stream().filter(id -> !rows.containsKey(id)).toList(),
                addresses.stream().filter(address -> !known.contains(address)).toList());
    }
}
