package io.points.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which headers a route's good answer has, beyond those of HTTP itself. The API document has them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Sends {

    /** Names that {@link io.points.platform.web.openapi} knows. */
    String[] value();

    /** Where what was made can be looked at. */
    String LOCATION = "Location";

    /** Of a closed month: the digest of its statement. */
    String STATEMENT_SHA256 = "X-Statement-SHA256";

    /** Of a batch of the journal: the digest of its file. */
    String BATCH_SHA256 = "X-Batch-SHA256";

    /** Of what can be changed: its revision, for If-Match (RFC 9110, section 8.8.3). */
    String ETAG = "ETag";

    /** Of what must not be kept: that it must not (RFC 9111, section 5.2.2.5). */
    String CACHE_CONTROL = "Cache-Control";

    /** Of a file to be saved: its name (RFC 6266). */
    String CONTENT_DISPOSITION = "Content-Disposition";
}
