package io.points.platform.web.input;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.points.platform.money.AlsoText;
import java.util.ArrayList;
import java.util.List;

/** Writes a text next to each number that is {@link AlsoText}. */
final class LargeNumbers extends BeanSerializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription description, List<BeanPropertyWriter> properties) {
        var all = new ArrayList<BeanPropertyWriter>();
        for (var property : properties) {
            all.add(property);
            if (property.getAnnotation(AlsoText.class) != null) {
                all.add(new AsText(property));
            }
        }
        return all;
    }

    private static final class AsText extends BeanPropertyWriter {

        private static final long serialVersionUID = 1;

        AsText(BeanPropertyWriter number) {
            super(number, PropertyName.construct(number.getName() + AlsoText.SUFFIX));
        }

        @Override
        public void serializeAsField(Object bean, JsonGenerator json, SerializerProvider provider) throws Exception {
            json.writeFieldName(getName());
            var number = get(bean);
            if (number == null) {
                json.writeNull();
            } else {
                json.writeString(number.toString());
            }
        }
    }
}
