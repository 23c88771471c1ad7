/**
 * What makes the audit log tamper-evident: a leaf per record, signed checkpoints, proofs and the export. How they are made
 * is said in {@link io.points.audit.proof}; here stand SQL and HTTP around it.
 */
@NullMarked
package io.points.audit.seal;

import org.jspecify.annotations.NullMarked;
