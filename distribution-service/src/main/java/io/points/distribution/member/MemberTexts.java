package io.points.distribution.member;

import io.points.platform.web.input.PlainText;
import io.points.platform.web.problem.Problem.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the personal texts of a member must be, however they are sent. */
@ApplicationScoped
class MemberTexts {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_EMAIL = 320;

    private final Validator validator;

    MemberTexts(Validator validator) {
        this.validator = validator;
    }

    private record DisplayName(
            @PlainText(max = LONGEST_NAME, required = false) @Nullable
            String text) {}

    private record Address(
            @PlainText(max = LONGEST_EMAIL, required = false) @Email(message = "must be an e-mail address") @Nullable
            String text) {}

    /**
     * Everything that is wrong with them, by field.
     *
     * @param place where the fields stand, before their names
     */
    List<FieldError> faults(String place, TextUpdate displayName, TextUpdate email) {
        return Stream.concat(
                        validator.validate(new DisplayName(displayName.text())).stream()
                                .map(fault -> new FieldError(place + "display_name", fault.getMessage())),
                        validator.validate(new Address(email.text())).stream()
                                .map(fault -> new FieldError(place + "email", fault.getMessage())))
                .toList();
    }
}
