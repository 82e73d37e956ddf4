package org.auspex.operations.summarize;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.auspex.language.summary.Style;
import org.auspex.language.summary.Tongue;
import org.auspex.operations.Arguments;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code $summarize}, checked.
 *
 * @param prose whether a language model tells it; empty if that is left to the server
 * @param persist whether the summary is stored
 */
record SummarizeRequest(Style style, Tongue language, Optional<Boolean> prose, boolean persist) {

    /**
     * Reads the body of a request.
     *
     * @throws InvalidRequestException with everything that is wrong with it
     */
    static SummarizeRequest parse(@Nullable IBaseResource body) {
        return Arguments.of(body, "$summarize", Set.of("style", "language", "prose", "persist"))
                .checked(given -> new SummarizeRequest(
                        chosen(given, "style", Style::of, codes(Style.values(), Style::code))
                                .orElse(Style.BRIEF),
                        chosen(given, "language", Tongue::of, codes(Tongue.values(), Tongue::code))
                                .orElse(Tongue.EN),
                        given.truth("prose"),
                        given.truth("persist").orElse(true)));
    }

    private static <T> Optional<T> chosen(
            Arguments given, String name, Function<String, Optional<T>> reading, List<String> known) {
        return given.text(name).flatMap(code -> {
            var read = reading.apply(code);
            if (read.isEmpty()) {
                given.problem("%s '%s' is unknown; write one of %s".formatted(name, code, known));
            }
            return read;
        });
    }

    private static <T> List<String> codes(T[] values, Function<T, String> code) {
        return Arrays.stream(values).map(code).toList();
    }
}
