package io.points.bench;

import io.vertx.core.buffer.Buffer;

/**
 * An award that is asked for.
 *
 * @param token the manager's, as the header has it
 * @param body the request, as JSON
 */
record Award(String token, Buffer body) {}
