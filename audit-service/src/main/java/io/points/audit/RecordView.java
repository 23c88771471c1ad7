package io.points.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.points.platform.web.caller.Role;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An audit record as an auditor sees it. */
@Schema(name = "AuditRecord")
record RecordView(
        @Schema(description = "Rises from record to record") long sequence,

        UUID eventId,

        @Schema(description = "What happened", examples = "PointsAllocated")
        String type,

        @Schema(description = "The service that told it") String source,

        @Schema(description = "Id of the object that changed")
        String subject,

        UUID tenantId,

        @Schema(description = "Subject of the actor's token; null if the system caused it") @Nullable
        String actorId,

        @Schema(enumeration = {Role.PLATFORM_ADMIN, Role.MANAGER, Role.LEAD, Role.EMPLOYEE, Role.FINANCE, Role.AUDITOR})
        @Nullable
        String actorRole,

        @Schema(description = "W3C trace id of the request behind it") @Nullable
        String traceId,

        @Schema(description = "When it happened") Instant occurredAt,

        Instant recordedAt,

        @Schema(description = "SHA-256 of the value's bytes on the topic, in hexadecimal")
        String dataDigest,

        String topic,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, description = "The event's content, as it stood on the topic")
        String data) {

    static RecordView of(AuditRecord record) {
        return new RecordView(
                record.sequence,
                record.eventId,
                record.type,
                record.source,
                record.subject,
                record.tenantId,
                record.actorId,
                record.actorRole,
                record.traceId,
                record.occurredAt,
                record.recordedAt,
                record.dataDigest,
                record.topic,
                record.data);
    }
}
