/** The audit log as a file: one JSON object a line, written by the service and read by the verifier. */
@NullMarked
package io.points.audit.export;

import org.jspecify.annotations.NullMarked;
