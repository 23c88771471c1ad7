/**
 * What makes the audit log provable: leaves, Merkle trees (RFC 9162, 2.1), checkpoints and their signatures. Plain Java,
 * shared by the service that seals and by the verifier that trusts nobody.
 */
@NullMarked
package io.points.audit.proof;

import org.jspecify.annotations.NullMarked;
