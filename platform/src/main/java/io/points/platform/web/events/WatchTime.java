package io.points.platform.web.events;

import io.points.platform.web.input.Params;
import io.points.platform.web.problem.Problem;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** For how long a client wants to be told: the parameter {@code seconds} of a stream of hints. */
public final class WatchTime {

    /** Of the parameter, in documents. */
    public static final String DESCRIPTION =
            "After so many seconds at most the stream ends; 0 for what there is now, and nothing more";

    private static final long LONGEST = 600;

    private WatchTime() {}

    /**
     * That time; none for whoever asks for the head of the answer alone.
     *
     * @param seconds as it was sent; 600 if it is absent
     * @throws io.points.platform.web.problem.ProblemException 400 if it is no whole number from 0 to 600
     */
    public static Duration of(@Nullable String seconds, HttpMethod method) {
        var asked = seconds == null ? Long.valueOf(LONGEST) : Params.number(seconds, 0, LONGEST);
        if (asked == null) {
            throw Problem.badRequest("seconds", "must be a whole number from 0 to " + LONGEST)
                    .exception();
        }
        return Duration.ofSeconds(method == HttpMethod.HEAD ? 0 : asked);
    }
}
