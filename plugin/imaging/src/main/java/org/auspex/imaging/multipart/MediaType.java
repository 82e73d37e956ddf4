package org.auspex.imaging.multipart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload.ParameterParser;

/**
 * A media type with its parameters.
 *
 * @param name in small letters, such as {@code multipart/related}
 * @param parameters by names in small letters, values without quotation marks
 */
public record MediaType(String name, Map<String, String> parameters) {

    public MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** @param header such as {@code multipart/related; type="application/dicom"; boundary=abc} */
    public static MediaType of(String header) {
        var semicolon = header.indexOf(';');
        if (semicolon < 0) {
            return new MediaType(header.strip().toLowerCase(Locale.ROOT), Map.of());
        }
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        var parameters = parser.parse(header.substring(semicolon + 1), ';');
        parameters.values().removeIf(value -> value == null);
        return new MediaType(header.substring(0, semicolon).strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** What a header Accept lists, in its order; commas within quotation marks divide nothing. */
    public static List<MediaType> all(String accept) {
        var types = new ArrayList<MediaType>();
        var from = 0;
        var quoted = false;
        for (int i = 0; i <= accept.length(); i++) {
            if (i == accept.length() || (accept.charAt(i) == ',' && !quoted)) {
                if (!accept.substring(from, i).isBlank()) {
                    types.add(of(accept.substring(from, i)));
                }
                from = i + 1;
            } else if (accept.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return types;
    }

    public Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /** Whether something of such a type will do. */
    public boolean takes(String type) {
        return name.equals("*/*")
                || name.equals(type)
                || (name.endsWith("/*") && type.startsWith(name.substring(0, name.length() - 1)));
    }
}
