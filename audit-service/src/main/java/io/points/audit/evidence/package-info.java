/** What an auditor asks for: checkpoints, proofs, keys, exports. */
@NullMarked
package io.points.audit.evidence;

import org.jspecify.annotations.NullMarked;
