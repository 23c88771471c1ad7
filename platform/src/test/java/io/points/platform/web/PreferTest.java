package io.points.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {

    private static final Duration DEFAULT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=5|5",
                "wait=0|0",
                "Wait = \"7\"|7",
                "respond-async, wait=9|9",
                "return=minimal;wait=3|3",
                "wait=999999|30"
            })
    void waitsAsLongAsIsAskedButNotLonger(String header, long seconds) {
        var prefer = Prefer.of(header, DEFAULT, LONGEST);
        assertEquals(Duration.ofSeconds(seconds), prefer.patience());
        assertEquals("wait=" + seconds, prefer.applied());
    }

    @Test
    void respondAsyncDoesNotWait() {
        assertEquals(new Prefer(Duration.ZERO, "respond-async"), Prefer.of("respond-async", DEFAULT, LONGEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", "wait=", "wait=-1", "wait=1.5", "wait=9999999999", "handling=strict"})
    void whatIsNotUnderstoodIsIgnored(String header) {
        assertEquals(new Prefer(DEFAULT, null), Prefer.of(header, DEFAULT, LONGEST));
    }

    @Test
    void withoutTheHeaderTheDefaultHolds() {
        assertEquals(new Prefer(DEFAULT, null), Prefer.of(null, DEFAULT, LONGEST));
    }

    @ParameterizedTest
    @CsvSource({"0,2000", "1500,500", "2000,0", "3200,0"})
    void theWaitCountsFromWhenTheRequestWasReceived(long sinceReceived, long left) {
        assertEquals(Duration.ofMillis(left), new Prefer(DEFAULT, null).left(Duration.ofMillis(sinceReceived)));
    }
}
