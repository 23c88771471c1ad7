package io.points.distribution.saga;

import io.points.distribution.recognition.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a distribution. Personal texts are stored only in tables from which they can be erased.
 *
 * @param referenceType what an award is for, one word of the tenant's own
 * @param message of a recognition; null if it is none, or if it was erased
 * @param value name of a company value or badge, of a recognition
 * @param visibility of a recognition; null if it is none
 * @param bySystem true if the system wrote it, so that it is exempt from erasure
 */
public record DistributionText(
        @Nullable String referenceType,
        @Nullable String description,
        @Nullable String message,
        @Nullable String value,
        @Nullable Visibility visibility,
        boolean bySystem) {

    public static DistributionText description(@Nullable String description) {
        return description(null, description);
    }

    public static DistributionText description(@Nullable String referenceType, @Nullable String description) {
        return new DistributionText(referenceType, description, null, null, null, false);
    }

    public static DistributionText recognition(String message, @Nullable String value, Visibility visibility) {
        return new DistributionText("recognition", null, message, value, visibility, false);
    }

    public static DistributionText ofSystem(String description) {
        return new DistributionText(null, description, null, null, null, true);
    }

    boolean isRecognition() {
        return visibility != null;
    }
}
