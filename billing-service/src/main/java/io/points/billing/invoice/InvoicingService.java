package io.points.billing.invoice;

import io.points.billing.Period;
import io.points.billing.Price;
import io.points.billing.entry.EntryView;
import io.points.billing.invoice.BillingDocument.Kind;
import io.points.billing.invoice.InvoicingRules.Draft;
import io.points.billing.invoice.InvoicingRules.Target;
import io.points.platform.background.Loop;
import io.points.platform.outbox.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Issues the invoices and credit notes of a month that is closed, in the transaction of the closing. */
@ApplicationScoped
public class InvoicingService {

    private final BillingDocuments documents;
    private final IssuerConfig issuer;

    InvoicingService(BillingDocuments documents, IssuerConfig issuer) {
        this.documents = documents;
        this.issuer = issuer;
    }

    /**
     * Issues documents for what none has had yet. Whoever calls holds the tenant's lock.
     *
     * @param revision of the month's statement: 1, 2, …
     * @param entries of the month
     * @param at when it is closed; the series of its year (UTC) are continued
     * @return all documents of the month, oldest first
     */
    public Uni<List<BillingDocument>> issue(
            Tx tx, UUID tenant, Period period, int revision, List<EntryView> entries, Instant at) {
        return documents.ofMonth(tx, tenant, period).chain(issued -> documents
                .covered(tx, tenant, period)
                .map(covered -> InvoicingRules.drafts(entries.stream()
                        .filter(it -> !covered.contains(it.entryId()))
                        .toList()))
                .chain(drafts -> drafts.isEmpty()
                        ? Uni.createFrom().item(issued)
                        : number(tx, drafts, at)
                                .chain(numbered -> corrected(tx, numbered, revision, at))
                                .chain(fresh -> write(tx, tenant, period, fresh))
                                .map(fresh -> Stream.concat(issued.stream(), fresh.stream())
                                        .toList())));
    }

    /** In the order in which they are numbered. */
    private Uni<Map<String, Draft>> number(Tx tx, List<Draft> drafts, Instant at) {
        int year = at.atOffset(ZoneOffset.UTC).getYear();
        var needed = new TreeMap<String, Long>();
        Stream.of(Kind.values()).forEach(kind -> needed.put(series(kind), 0L));
        drafts.forEach(draft -> needed.merge(series(draft.kind()), 1L, Long::sum));
        return documents.take(tx, needed, year).map(last -> {
            var next = new HashMap<String, Long>();
            needed.forEach((series, count) -> next.put(series, Objects.requireNonNull(last.get(series)) - count));
            Map<String, Draft> numbered = new LinkedHashMap<>();
            for (var draft : drafts) {
                var series = series(draft.kind());
                numbered.put(InvoicingRules.number(series, year, next.merge(series, 1L, Long::sum)), draft);
            }
            return numbered;
        });
    }

    private String series(Kind kind) {
        return kind == Kind.INVOICE ? issuer.invoiceSeries() : issuer.creditNoteSeries();
    }

    /** A document and what is on it. */
    private record Fresh(BillingDocument document, Draft draft) {}

    private Uni<List<Fresh>> corrected(Tx tx, Map<String, Draft> numbered, int revision, Instant at) {
        var fresh = new HashMap<UUID, String>();
        numbered.forEach((number, draft) -> draft.entries().forEach(it -> fresh.put(it.entryId(), number)));
        var targets = numbered.values().stream()
                .flatMap(draft -> targets(draft).stream())
                .distinct()
                .toList();
        return documents.covering(tx, targets, fresh).map(covering -> numbered.entrySet().stream()
                .map(it -> fresh(it.getKey(), it.getValue(), revision, at, covering))
                .toList());
    }

    private static List<Target> targets(Draft draft) {
        return draft.entries().stream()
                .map(InvoicingRules::target)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Fresh fresh(String number, Draft draft, int revision, Instant at, Map<Target, String> covering) {
        var corrects = new TreeSet<String>();
        targets(draft).stream().map(covering::get).filter(Objects::nonNull).forEach(corrects::add);
        corrects.remove(number);
        return new Fresh(
                new BillingDocument(
                        number,
                        draft.kind().word(),
                        revision,
                        at,
                        draft.currency(),
                        draft.totalMinor(),
                        Price.major(draft.totalMinor(), Price.currency(draft.currency()))
                                .toPlainString(),
                        List.copyOf(corrects)),
                draft);
    }

    private Uni<List<BillingDocument>> write(Tx tx, UUID tenant, Period period, List<Fresh> fresh) {
        var left = fresh.iterator();
        return Loop.run(() -> {
                    if (!left.hasNext()) {
                        return Uni.createFrom().item(false);
                    }
                    var next = left.next();
                    return documents
                            .insert(tx, tenant, period, next.document(), next.draft())
                            .replaceWith(true);
                })
                .replaceWith(fresh.stream().map(Fresh::document).toList());
    }
}
