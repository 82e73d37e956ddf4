package org.auspex.kernel.features;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.auspex.terminology.Code;

/**
 * Which resources are meant, in FHIR search syntax: {@code Observation?code=http://loinc.org|8480-6,...&status=final}.
 *
 * <p>{@code code} is read as {@code combo-code}: it finds an Observation and also a component of one. It stands apart
 * from the other parameters because it also says <em>which element</em> of the resource carries the value.
 *
 * @param resourceType a FHIR resource type
 * @param codes any of these; empty = any code
 * @param query the other search parameters, joined by {@code &}; may be empty
 */
public record Criteria(String resourceType, List<Code> codes, String query) {

    public Criteria {
        codes = List.copyOf(codes);
    }

    public static Criteria parse(String text) {
        var mark = text.indexOf('?');
        if (mark < 0) {
            return new Criteria(text.strip(), List.of(), "");
        }
        var codes = new ArrayList<Code>();
        var others = new ArrayList<String>();
        for (var parameter : text.substring(mark + 1).split("&", -1)) {
            if (parameter.startsWith("code=") || parameter.startsWith("combo-code=")) {
                var tokens = URLDecoder.decode(
                        parameter.substring(parameter.indexOf('=') + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
                Arrays.stream(tokens.split(",", -1)).map(Code::parse).forEach(codes::add);
            } else if (!parameter.isBlank()) {
                others.add(parameter);
            }
        }
        return new Criteria(text.substring(0, mark).strip(), codes, String.join("&", others));
    }

    /** Whether any of {@code found} is a code that is meant. */
    public boolean wants(List<Code> found) {
        return codes.isEmpty()
                || codes.stream().anyMatch(wanted -> found.stream().anyMatch(wanted::matches));
    }

    @Override
    public String toString() {
        var code = codes.isEmpty()
                ? ""
                : "code=" + codes.stream().map(Code::toString).collect(Collectors.joining(","));
        var both = code.isEmpty() || query.isEmpty() ? code + query : code + "&" + query;
        return both.isEmpty() ? resourceType : resourceType + "?" + both;
    }
}
