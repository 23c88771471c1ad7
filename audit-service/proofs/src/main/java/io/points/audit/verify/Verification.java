package io.points.audit.verify;

import io.points.audit.export.ExportLine;
import io.points.audit.export.ExportReader;
import io.points.audit.proof.Checkpoint;
import io.points.audit.proof.Note;
import io.points.audit.proof.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Verifies one export. Holds one line at a time, and a tenant's tree as its right edge. */
public final class Verification {

    private final Collection<VerifierKey> keys;
    private final Scope scope;
    private final Map<UUID, List<Checkpoint>> saved = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Verdict.OfTenant> tenants = new ArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private @Nullable TenantCheck current;

    /**
     * @param saved checkpoints that were kept outside of the system
     * @param keys whose signatures count, kept outside of the system too
     */
    public Verification(Collection<Note> saved, Collection<VerifierKey> keys, Scope scope) {
        this.keys = keys;
        this.scope = scope;
        for (var note : saved) {
            var checkpoint = note.checkpoint();
            if (!scope.has(checkpoint.tenantId())) {
                continue;
            }
            if (note.signer(keys).isEmpty()) {
                faults.add("the saved checkpoint of " + checkpoint.size() + " records of tenant "
                        + checkpoint.tenantId() + " is signed by none of the keys");
            }
            this.saved
                    .computeIfAbsent(checkpoint.tenantId(), tenant -> new ArrayList<>())
                    .add(checkpoint);
        }
        this.saved.values().forEach(list -> list.sort(Comparator.comparingLong(Checkpoint::size)));
    }

    /**
     * Reads the export to its end. To be called once.
     *
     * @throws IOException if it cannot be read; what is wrong with its content is in the verdict
     */
    public Verdict verify(InputStream export) throws IOException {
        try (var lines = new ExportReader(export)) {
            read(lines);
        } catch (ExportReader.Malformed e) {
            faults.add(e.getMessage());
        }
        endTenant();
        saved.forEach((tenant, checkpoints) -> {
            if (!seen.contains(tenant)) {
                faults.add("tenant " + tenant + " is missing, and a saved checkpoint has "
                        + checkpoints.get(checkpoints.size() - 1).size() + " of its records");
            }
        });
        return new Verdict(List.copyOf(tenants), List.copyOf(faults));
    }

    private void read(ExportReader lines) throws IOException {
        if (!(lines.next() instanceof ExportLine.Opening opening)
                || !opening.format().equals(ExportLine.FORMAT)) {
            faults.add("the file does not begin as an export of the format " + ExportLine.FORMAT);
            return;
        }
        var line = lines.next();
        while (line != null && !(line instanceof ExportLine.End)) {
            take(line);
            line = lines.next();
        }
        if (line == null) {
            faults.add("the export is cut off: its last line is missing");
        } else if (lines.next() != null) {
            faults.add("there is something behind the export's last line");
        }
    }

    private void take(ExportLine line) {
        if (line instanceof ExportLine.Tenant begin) {
            endTenant();
            begin(begin);
        } else if (current == null) {
            if (seen.isEmpty()) {
                faults.add("there are records before the first tenant");
            }
        } else if (line instanceof ExportLine.Sealed record) {
            current.take(record);
        } else if (line instanceof ExportLine.Unsealed record) {
            current.take(record);
        } else if (line instanceof ExportLine.Closing closing) {
            current.take(closing);
        } else {
            faults.add("there are two exports in the file");
        }
    }

    private void begin(ExportLine.Tenant begin) {
        UUID tenant;
        try {
            tenant = UUID.fromString(begin.tenantId());
        } catch (IllegalArgumentException e) {
            faults.add("a tenant's id is not a UUID: " + begin.tenantId());
            return;
        }
        if (!seen.add(tenant)) {
            faults.add("tenant " + tenant + " stands there twice");
        } else if (scope.has(tenant)) {
            current = new TenantCheck(begin, tenant, saved.getOrDefault(tenant, List.of()), keys, scope);
        }
    }

    private void endTenant() {
        if (current != null) {
            tenants.add(current.verdict());
            current = null;
        }
    }
}
