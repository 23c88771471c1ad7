package io.points.distribution.member;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A field of a merge patch (RFC 7396) that may be absent, but not null: that would take away what a member always has.
 *
 * @param <T> what it is otherwise
 */
abstract class NeverNull<T> extends StdDeserializer<T> {

    private final Class<T> type;

    NeverNull(Class<T> type) {
        super(type);
        this.type = type;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return context.readValue(parser, type);
    }

    @Override
    public T getNullValue(DeserializationContext context) throws JsonMappingException {
        throw MismatchedInputException.from(context.getParser(), type, "null");
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    static final class OfRole extends NeverNull<MemberRole> {
        OfRole() {
            super(MemberRole.class);
        }
    }

    static final class OfFlag extends NeverNull<Boolean> {
        OfFlag() {
            super(Boolean.class);
        }
    }
}
