package io.points.audit.verify;

import io.points.audit.proof.Note;
import io.points.audit.proof.VerifierKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./points audit verify}. */
@Command(
        name = "verify",
        description = {
            "Recomputes an export of the audit log and holds it against checkpoints that were saved before.",
            "Exit code 0: it is good; 1: it is not; 2: the command or a file cannot be read."
        })
final class VerifyCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 20;

    @Parameters(paramLabel = "EXPORT", description = "What GET /api/audit/export gave; - for standard input.")
    private Path export;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Public keys that count, one verifier key a line; not from the export's own source.")
    private List<Path> keyFiles = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Saved checkpoints: notes as they are, or the JSON that a route or the topic gave them in.")
    private List<Path> checkpointFiles = new ArrayList<>();

    @Option(names = "--tenant", paramLabel = "ID", description = "Verify this tenant alone.")
    private @Nullable UUID tenant;

    @Option(names = "--from", paramLabel = "N", description = "Index of the first record to recompute (default: 0).")
    private long from;

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "Index after the last record to recompute; the export may end before newer checkpoints then.")
    private @Nullable Long to;

    @Option(names = "--json", description = "Print the verdict as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (from < 0 || to != null && to <= from) {
            throw new IOException("--from must be 0 or more, and --to more than --from.");
        }
        var keys = new ArrayList<VerifierKey>();
        for (var file : keyFiles) {
            keys.addAll(SavedFiles.keys(file));
        }
        var checkpoints = new ArrayList<Note>();
        for (var file : checkpointFiles) {
            checkpoints.addAll(SavedFiles.checkpoints(file));
        }
        long began = System.nanoTime();
        var verification = new Verification(checkpoints, keys, new Scope(tenant, from, to));
        Verdict verdict;
        try (var in = open()) {
            verdict = verification.verify(in);
        }
        var report = new Report(verdict, (System.nanoTime() - began) / 1e9, checkpoints.isEmpty());
        System.out.print(json ? report.json() : report.text());
        return verdict.isGood() ? 0 : 1;
    }

    private InputStream open() throws IOException {
        return export.toString().equals("-")
                ? System.in
                : new BufferedInputStream(Files.newInputStream(SavedFiles.readable(export)), BUFFER);
    }
}
