package io.points.platform.web.admission;

import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write a path (RFC 3986, section 6.2.2). Every filter and the router see only this form, so that none of them
 * can be led past another by a double slash, a trailing one, {@code ;x}, dots or percent-encoding. Case is kept: paths
 * differ by it.
 */
final class CanonicalPath {

    /** RFC 3986, section 3.3, without what is percent-encoded, and without the slash. */
    private static final String PLAIN_IN_SEGMENTS = "-._~!$&'()*+,;=:@";

    private CanonicalPath() {}

    /**
     * The canonical form; null if no route can have it, for a slash or backslash is encoded within a segment, or dots
     * are hidden behind a parameter: what stands in front of the service may read these otherwise.
     *
     * @throws IllegalArgumentException if it is no path of a URI at all
     */
    static @Nullable String of(@Nullable String raw) {
        if (raw == null || !raw.startsWith("/")) {
            throw new IllegalArgumentException("The path does not begin with a slash");
        }
        var segments = new ArrayDeque<String>();
        for (var segment : raw.substring(1).split("/", -1)) {
            var decoded = decodeUnreserved(segment);
            if (decoded == null) {
                return null;
            }
            int parameters = decoded.indexOf(';');
            var name = parameters < 0 ? decoded : decoded.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) {
                if (parameters >= 0) {
                    return null;
                }
                if (name.length() == 2) {
                    segments.pollLast();
                }
            } else if (!name.isEmpty()) {
                segments.addLast(name);
            }
        }
        return "/" + String.join("/", segments);
    }

    /**
     * Percent-encoded characters that need no encoding become themselves, all others are written in upper case; null if a
     * slash or backslash is among them.
     */
    private static @Nullable String decodeUnreserved(String segment) {
        var decoded = new StringBuilder(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                if (!isAlphanumeric(c) && PLAIN_IN_SEGMENTS.indexOf(c) < 0) {
                    throw new IllegalArgumentException("The path has a character that must be encoded");
                }
                decoded.append(c);
                continue;
            }
            char meant = encoded(segment, i);
            if (meant == '/' || meant == '\\') {
                return null;
            }
            if (isAlphanumeric(meant) || "-._~".indexOf(meant) >= 0) {
                decoded.append(meant);
            } else {
                decoded.append(segment.substring(i, i + 3).toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return decoded.toString();
    }

    /** Whether it can be a query (RFC 3986, section 3.4). */
    static boolean isQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                if (!isEncoded(query, i)) {
                    return false;
                }
                i += 2;
            } else if (!isAlphanumeric(c) && PLAIN_IN_SEGMENTS.indexOf(c) < 0 && "/?[]".indexOf(c) < 0) {
                // Brackets are not allowed there, but many clients send them all the same.
                return false;
            }
        }
        return true;
    }

    private static char encoded(String segment, int at) {
        if (!isEncoded(segment, at)) {
            throw new IllegalArgumentException("A percent sign is not followed by two hexadecimal digits");
        }
        return (char) Integer.parseInt(segment, at + 1, at + 3, 16);
    }

    private static boolean isEncoded(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x80
                && text.charAt(at + 2) < 0x80;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
