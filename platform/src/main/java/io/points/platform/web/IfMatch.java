package io.points.platform.web;

import io.points.platform.web.problem.Problem;
import io.points.platform.web.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The If-Match header, RFC 9110, section 13.1.1: the change is made only if what it changes still has one of the tags. A tag is a
 * revision, as ETag gave it.
 *
 * @param tags null if the header is absent; empty for {@code *}: whichever revision there is
 */
public record IfMatch(@Nullable Set<String> tags) {

    public static final String HEADER = "If-Match";

    /** What the documents say of it; a server takes what few clients send as well. */
    public static final String DOCUMENTED = "^(\\*|(W/)?\"[!#-~]*\"(, ?(W/)?\"[!#-~]*\")*)$";

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");
    private static final Pattern TAGS =
            Pattern.compile("[ \\t]*%1$s(?:[ \\t]*,[ \\t]*%1$s)*[ \\t]*".formatted(TAG.pattern()));

    /**
     * That of a request. A parameter of a method does not tell an empty header, such as a script sends whose variable is not
     * set, from none; it must not make the change unconditional.
     *
     * @throws ProblemException 400 that names the header
     */
    public static IfMatch in(HttpHeaders headers) {
        var lines = headers.getRequestHeader(HEADER);
        return of(lines == null || lines.isEmpty() ? null : String.join(", ", lines));
    }

    /** @throws ProblemException 400 that names the header */
    static IfMatch of(@Nullable String header) {
        if (header == null) {
            return new IfMatch(null);
        }
        if (header.strip().equals("*")) {
            return new IfMatch(Set.of());
        }
        if (!TAGS.matcher(header).matches()) {
            throw Problem.badRequest(HEADER, "must be an ETag in double quotes as it was received, or *")
                    .exception();
        }
        return new IfMatch(TAG.matcher(header).results().map(MatchResult::group).collect(Collectors.toSet()));
    }

    /** The ETag of a revision. */
    public static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /**
     * Whether the change may be made.
     *
     * @param revision the current one; null if what is to be changed does not exist
     */
    public boolean allows(@Nullable Long revision) {
        return tags == null || revision != null && (tags.isEmpty() || tags.contains(tag(revision)));
    }

    /** What is answered if it may not: 412 with the current revision, if there is one. */
    public static Problem changedSince(@Nullable Long revision) {
        var problem = Problem.of(
                412,
                "precondition-failed",
                "It has changed meanwhile",
                revision == null
                        ? "What is to be changed does not exist; nothing was changed."
                        : "It is at revision " + revision
                                + " now, which is not what If-Match names; nothing was changed."
                                + " Read it again, and repeat the change if it still makes sense.");
        return revision == null ? problem : problem.with("revision", revision);
    }
}
