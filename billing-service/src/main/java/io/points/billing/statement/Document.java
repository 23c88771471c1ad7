package io.points.billing.statement;

import io.points.contract.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * A statement's JSON as a month was closed with it, from then on always the same.
 *
 * @param sha256 of its bytes in UTF-8, as 64 hexadecimal digits
 */
public record Document(String json, String sha256) {

    static Document of(String json) {
        return new Document(json, Sha256.hex(json.getBytes(StandardCharsets.UTF_8)));
    }
}
