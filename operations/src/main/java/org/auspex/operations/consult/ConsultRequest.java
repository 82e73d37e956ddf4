package org.auspex.operations.consult;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.auspex.language.consult.Question;
import org.auspex.language.summary.Tongue;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $consult}, checked.
 *
 * @param persist whether the answer is stored
 */
record ConsultRequest(Question question, boolean persist) {

    /** What the body says, before the question is looked at. */
    private record Said(String question, Optional<Tongue> language, boolean persist) {}

    /**
     * Reads the body of a request.
     *
     * @param most characters of the question
     * @throws InvalidRequestException with everything that is wrong with it
     * @throws org.auspex.language.consult.QuestionRefused if the question is not answered as it stands
     */
    static ConsultRequest parse(@Nullable IBaseResource body, int most) {
        var said = Arguments.of(body, "$consult", Set.of("question", "language", "persist"))
                .checked(given -> new Said(
                        given.text("question").orElse(""),
                        language(given),
                        given.truth("persist").orElse(true)));
        return new ConsultRequest(Question.of(said.question(), said.language(), most), said.persist());
    }

    private static Optional<Tongue> language(Arguments given) {
        return given.text("language").flatMap(code -> {
            var read = Tongue.of(code);
            if (read.isEmpty()) {
                given.problem("language '%s' is unknown; write one of %s"
                        .formatted(
                                code,
                                Arrays.stream(Tongue.values()).map(Tongue::code).toList()));
            }
            return read;
        });
    }
}
