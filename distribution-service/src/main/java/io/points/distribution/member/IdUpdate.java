package io.points.distribution.member;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of an id that may be there already. In JSON an absent field leaves it as it is, and null takes it away.
 *
 * @param given false if the request says nothing of it
 * @param id the new one; null for none
 */
@JsonDeserialize(using = IdUpdate.Reader.class)
record IdUpdate(boolean given, @Nullable UUID id) {

    static final IdUpdate UNCHANGED = new IdUpdate(false, null);

    static IdUpdate to(@Nullable UUID id) {
        return new IdUpdate(true, id);
    }

    /** What the id is afterwards. */
    @Nullable
    UUID after(@Nullable UUID before) {
        return given ? id : before;
    }

    static final class Reader extends StdDeserializer<IdUpdate> {

        Reader() {
            super(IdUpdate.class);
        }

        @Override
        public IdUpdate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return to(context.readValue(parser, UUID.class));
        }

        @Override
        public IdUpdate getNullValue(DeserializationContext context) {
            return to(null);
        }

        @Override
        public IdUpdate getAbsentValue(DeserializationContext context) {
            return UNCHANGED;
        }
    }
}
