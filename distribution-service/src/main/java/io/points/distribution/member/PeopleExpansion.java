package io.points.distribution.member;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an answer has beyond the ids of people, if it is asked for. */
@Schema(name = "PeopleExpansion")
public enum PeopleExpansion {
    /** Who they are. */
    PEOPLE;

    /** What the parameter says in the documents. */
    public static final String MEANS = "people adds the names of those whose ids there are";

    /** The word in requests. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
