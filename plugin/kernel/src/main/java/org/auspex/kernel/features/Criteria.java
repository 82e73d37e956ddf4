package org.auspex.kernel.features;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * @param codes any of these, or
 * @param valueSets any code in one of these ValueSets ({@code code:in=URL}); neither = any code
 * @param query the other search parameters, joined by {@code &}; may be empty
 */
public record Criteria(String resourceType, List<Code> codes, List<String> valueSets, String query) {

    public Criteria {
        codes = List.copyOf(codes);
        valueSets = List.copyOf(valueSets);
    }

    public static Criteria parse(String text) {
        var mark = text.indexOf('?');
        if (mark < 0) {
            return new Criteria(text.strip(), List.of(), List.of(), "");
        }
        var codes = new ArrayList<Code>();
        var valueSets = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (var parameter : text.substring(mark + 1).split("&", -1)) {
            if (parameter.startsWith("code:in=")) {
                valueSets.addAll(values(parameter));
            } else if (parameter.startsWith("code=") || parameter.startsWith("combo-code=")) {
                values(parameter).stream().map(Code::parse).forEach(codes::add);
            } else if (!parameter.isBlank()) {
                others.add(parameter);
            }
        }
        return new Criteria(text.substring(0, mark).strip(), codes, valueSets, String.join("&", others));
    }

    private static List<String> values(String parameter) {
        var value = parameter.substring(parameter.indexOf('=') + 1).replace("+", "%2B");
        return List.of(URLDecoder.decode(value, StandardCharsets.UTF_8).split(",", -1));
    }

    /** Whether a resource is meant whatever its code. */
    public boolean isAnyCode() {
        return codes.isEmpty() && valueSets.isEmpty();
    }

    /** Whether any of {@code found} is one of the codes that are named, ValueSets not looked at. */
    public boolean wants(List<Code> found) {
        return isAnyCode() || codes.stream().anyMatch(wanted -> found.stream().anyMatch(wanted::matches));
    }

    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        if (!codes.isEmpty()) {
            parts.add("code=" + codes.stream().map(Code::toString).collect(Collectors.joining(",")));
        }
        if (!valueSets.isEmpty()) {
            parts.add("code:in=" + String.join(",", valueSets));
        }
        if (!query.isEmpty()) {
            parts.add(query);
        }
        return parts.isEmpty() ? resourceType : resourceType + "?" + String.join("&", parts);
    }
}
