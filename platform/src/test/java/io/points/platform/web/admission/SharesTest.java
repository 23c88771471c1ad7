package io.points.platform.web.admission;

import static io.points.platform.web.admission.Shares.Admission.FULL;
import static io.points.platform.web.admission.Shares.Admission.SHARE_USED_UP;
import static io.points.platform.web.admission.Shares.Admission.TAKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final UUID TRITON = new UUID(0, 1);
    private static final UUID BOREALIS = new UUID(0, 2);

    private final Shares shares = new Shares(8, 6, 4);

    @Test
    void noCallerTakesAllOfItsTenants() {
        take(4, TRITON, "a");
        assertEquals(SHARE_USED_UP, shares.take(TRITON, "a"));
        assertEquals(TAKEN, shares.take(TRITON, "b"));
    }

    @Test
    void noTenantTakesAll() {
        take(4, TRITON, "a");
        take(2, TRITON, "b");
        assertEquals(SHARE_USED_UP, shares.take(TRITON, "c"));
        assertEquals(TAKEN, shares.take(BOREALIS, "c"));
        assertEquals(TAKEN, shares.take(null, "c"));
        assertEquals(8, shares.open());
    }

    @Test
    void togetherTheyHaveWhatThereIs() {
        take(4, TRITON, "a");
        take(4, BOREALIS, "b");
        assertEquals(FULL, shares.take(BOREALIS, "c"));
        assertEquals(FULL, shares.take(null, "c"));
        assertEquals(8, shares.open());
    }

    @Test
    void theSameSubjectOfTwoTenantsIsTwoCallers() {
        take(4, TRITON, "a");
        take(4, BOREALIS, "a");
    }

    @Test
    void callersOfThePlatformShareLikeATenants() {
        take(4, null, "a");
        take(2, null, "b");
        assertEquals(SHARE_USED_UP, shares.take(null, "c"));
    }

    @Test
    void whatIsGivenBackIsTakenAnew() {
        take(4, TRITON, "a");
        shares.giveBack(TRITON, "a");
        assertEquals(3, shares.open());
        take(1, TRITON, "a");
        assertEquals(SHARE_USED_UP, shares.take(TRITON, "a"));
    }

    @Test
    void whoHasNoneIsForgottenAndGivesNoneBack() {
        take(1, TRITON, "a");
        assertEquals(2, shares.remembered());
        shares.giveBack(TRITON, "a");
        assertEquals(0, shares.remembered());
        assertEquals(0, shares.open());
        assertThrows(IllegalStateException.class, () -> shares.giveBack(TRITON, "a"));
    }

    @Test
    void aRefusalTakesNothing() {
        take(4, TRITON, "a");
        assertEquals(SHARE_USED_UP, shares.take(TRITON, "a"));
        for (int i = 0; i < 4; i++) {
            shares.giveBack(TRITON, "a");
        }
        assertEquals(0, shares.open());
    }

    @Test
    void sharesThatLeaveNothingToOthersAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new Shares(8, 8, 4));
        assertThrows(IllegalArgumentException.class, () -> new Shares(8, 6, 7));
        assertThrows(IllegalArgumentException.class, () -> new Shares(8, 6, 0));
        assertEquals(TAKEN, new Shares(2, 1, 1).take(TRITON, "a"));
    }

    private void take(int count, UUID tenant, String caller) {
        for (int i = 0; i < count; i++) {
            assertEquals(TAKEN, shares.take(tenant, caller));
        }
    }
}
