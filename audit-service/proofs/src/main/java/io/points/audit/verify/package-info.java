/** The offline verifier: an export, saved checkpoints and public keys in, a verdict out. No service, no network. */
@NullMarked
package io.points.audit.verify;

import org.jspecify.annotations.NullMarked;
