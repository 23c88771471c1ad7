package io.points.distribution.member;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a text that may be there already. In JSON an absent field leaves the text as it is, and null takes
 * it away.
 *
 * @param given false if the request says nothing of it
 * @param text the new text; null for none
 */
@JsonDeserialize(using = TextUpdate.Reader.class)
record TextUpdate(boolean given, @Nullable String text) {

    static final TextUpdate UNCHANGED = new TextUpdate(false, null);

    static TextUpdate to(@Nullable String text) {
        return new TextUpdate(true, text);
    }

    /** What the text is afterwards. */
    @Nullable
    String after(@Nullable String before) {
        return given ? text : before;
    }

    static final class Reader extends StdDeserializer<TextUpdate> {

        Reader() {
            super(TextUpdate.class);
        }

        @Override
        public TextUpdate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return to(context.readValue(parser, String.class));
        }

        @Override
        public TextUpdate getNullValue(DeserializationContext context) {
            return to(null);
        }

        @Override
        public TextUpdate getAbsentValue(DeserializationContext context) {
            return UNCHANGED;
        }
    }
}
