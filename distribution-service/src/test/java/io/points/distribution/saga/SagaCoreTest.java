package io.points.distribution.saga;

import io.points.distribution.feed.FeedItem;
import io.points.distribution.wallet.Wallet;
import io.points.distribution.wallet.WalletEntry;
import io.points.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class SagaCoreTest {

    @Test
    void theSagaDecidesInPlainJava() {
        new ArchitectureRules("io.points.distribution")
                .plainJava(
                        Saga.class,
                        State.class,
                        Distribution.class,
                        DistributionText.class,
                        SagaMessages.class,
                        Changes.class,
                        Wallet.class,
                        WalletEntry.class,
                        FeedItem.class);
    }
}
