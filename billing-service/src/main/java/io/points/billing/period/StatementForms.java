package io.points.billing.period;

import io.points.billing.period.Periods.Issued;
import io.points.billing.statement.CsvReader;
import io.points.billing.statement.Documents;
import io.points.platform.web.Sends;
import io.points.platform.web.caller.Caller;
import io.points.platform.web.caller.Role;
import io.points.platform.web.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** The forms in which statements are given, and to whom. */
final class StatementForms {

    static final String CSV = "text/csv";

    private StatementForms() {}

    /** In which form. */
    enum Format {
        JSON(MediaType.APPLICATION_JSON),
        CSV(StatementForms.CSV),
        SPREADSHEET(StatementForms.CSV),
        HTML(MediaType.TEXT_HTML);

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        static Format of(String mediaType) {
            return List.of(values()).stream()
                    .filter(it -> it.mediaType.equals(mediaType))
                    .findFirst()
                    .orElse(JSON);
        }
    }

    /** Another tenant's statement is answered like one that does not exist. */
    static void requireVisible(Caller caller, UUID tenantId) {
        if (!caller.hasRole(Role.FINANCE)
                && !caller.hasRole(Role.AUDITOR)
                && !caller.tenantId().equals(tenantId)) {
            throw Problem.notFound("tenant").exception();
        }
    }

    /** @param name of the file, besides the tenant's id */
    static Response response(Documents documents, Issued issued, String name, Format format) {
        var statement = issued.statement();
        var sha256 = issued.isClosed() ? issued.document().sha256() : null;
        var text =
                switch (format) {
                    case JSON -> issued.document().json();
                    case CSV -> documents.csv(statement, sha256, CsvReader.PROGRAM);
                    case SPREADSHEET -> documents.csv(statement, sha256, CsvReader.SPREADSHEET);
                    case HTML -> documents.page(statement, sha256);
                };
        var response = Response.ok(text, MediaType.valueOf(format.mediaType).withCharset("UTF-8"))
                .header("Vary", "Accept")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        if (sha256 != null) {
            response.header(Sends.STATEMENT_SHA256, sha256);
        }
        if (format.mediaType.equals(CSV)) {
            response.header(
                    "Content-Disposition",
                    "attachment; filename=\"statement-%s-%s.csv\"".formatted(statement.tenantId(), name));
        }
        return response.build();
    }
}
