package io.points.distribution.wallet;

import io.points.platform.web.input.Params;
import io.points.platform.web.paging.PageRequest;
import io.points.platform.web.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which entries of somebody's wallets are asked for, as it was sent. */
public class WalletQuery {

    @Parameter(description = "Entries of one wallet", schema = @Schema(implementation = WalletKind.class))
    @QueryParam("wallet")
    public @Nullable String wallet;

    @Parameter(description = "Earliest time, inclusive", schema = @Schema(implementation = Instant.class))
    @QueryParam("from")
    public @Nullable String from;

    @Parameter(description = "Latest time, exclusive", schema = @Schema(implementation = Instant.class))
    @QueryParam("to")
    public @Nullable String to;

    @Parameter(
            description =
                    "One or both, parted by a comma: distribution adds to each entry what it comes of, people adds the names"
                            + " of those whose ids there are",
            schema = @Schema(type = SchemaType.STRING, pattern = WalletExpansion.PATTERN))
    @QueryParam("expand")
    public @Nullable String expand;

    @QueryParam("limit")
    public @Nullable String limit;

    @QueryParam("cursor")
    public @Nullable String cursor;

    /**
     * The same, understood.
     *
     * @throws ProblemException 400 that names the parameter at fault
     */
    Asked read() {
        var page = PageRequest.of(limit, cursor);
        return new Asked(
                Params.optionalWord("wallet", wallet, WalletKind.class),
                Params.optionalTime("from", from),
                Params.optionalTime("to", to),
                Params.optionalWords("expand", expand, WalletExpansion.class),
                page,
                Cursor.of(page));
    }

    /**
     * Which entries are asked for, and which page of them.
     *
     * @param from inclusive
     * @param to exclusive
     */
    record Asked(
            @Nullable WalletKind wallet,
            @Nullable Instant from,
            @Nullable Instant to,
            Set<WalletExpansion> expansions,
            PageRequest page,
            @Nullable Cursor after) {
        boolean expands(WalletExpansion expansion) {
            return expansions.contains(expansion);
        }
    }
}
