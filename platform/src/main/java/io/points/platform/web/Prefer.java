package io.points.platform.web;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Prefer header, RFC 7240: {@code wait=n} in seconds, {@code respond-async}. What is not understood is ignored, as
 * the RFC asks (section 2).
 *
 * @param patience how long to wait for the outcome, from when the request was received
 * @param applied what goes into Preference-Applied, or null
 */
public record Prefer(Duration patience, @Nullable String applied) {

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?(\\d{1,6})\"?");

    public static Prefer of(@Nullable String header, Duration defaultWait, Duration longest) {
        boolean async = false;
        for (var preference :
                header == null ? new String[0] : header.toLowerCase(Locale.ROOT).split("[,;]")) {
            var wait = WAIT.matcher(preference.strip());
            if (wait.matches()) {
                var asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
                var granted = asked.compareTo(longest) > 0 ? longest : asked;
                return new Prefer(granted, "wait=" + granted.toSeconds());
            }
            async |= preference.strip().equals("respond-async");
        }
        return async ? new Prefer(Duration.ZERO, "respond-async") : new Prefer(defaultWait, null);
    }

    /**
     * What is left of the wait, at least zero. It counts from when the request was received (RFC 7240, section 4.3), so what
     * accepting it took is part of it.
     */
    public Duration left(Duration sinceReceived) {
        var left = patience.minus(sinceReceived);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
