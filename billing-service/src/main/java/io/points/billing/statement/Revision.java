package io.points.billing.statement;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A statement as it was issued: each closing of a month issues one, which stays as it is for ever.
 *
 * @param revision 1, 2, … within the month
 * @param closedAt when the month was closed with it
 * @param closedBy who closed it: the subject of their token
 * @param sha256 of its JSON in UTF-8, as 64 hexadecimal digits
 */
@Schema(name = "StatementRevision")
public record Revision(int revision, Instant closedAt, UUID closedBy, String sha256) {}
