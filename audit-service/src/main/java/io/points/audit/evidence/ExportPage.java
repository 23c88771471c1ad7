package io.points.audit.evidence;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Lines of an export that are sent together.
 *
 * @param text each line with its line feed
 */
@Schema(type = SchemaType.STRING, description = "Lines, each a JSON object: see docs/audit.md")
record ExportPage(String text) {}
