package org.auspex.commandline.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.auspex.kernel.evidence.Compartment;

/**
 * What must be known of a line before its resource is read: whose it is.
 *
 * @param patient {@code Patient/1}; empty for what is nobody's, such as a Medication
 * @param id without type; empty if the line says none
 */
record Line(Optional<String> patient, String id) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads as far as needed.
     *
     * @param type that the file is named by
     * @throws IOException if the line is no JSON
     * @throws IllegalArgumentException if it is something else than a resource of the type
     */
    static Line read(String text, String type) throws IOException {
        var id = "";
        var declared = "";
        Optional<String> patient = Optional.empty();
        try (var json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var before = patient;
                json.nextToken();
                switch (name) {
                    case "resourceType" -> declared = json.getText();
                    case "id" -> id = json.getText();
                    case "subject", "patient" -> patient = reference(json).or(() -> before);
                    default -> json.skipChildren();
                }
            }
        }
        if (!declared.equals(type)) {
            throw new IllegalArgumentException("is a '%s' in a file of type %s".formatted(declared, type));
        }
        return new Line(type.equals("Patient") ? Optional.of("Patient/" + id) : patient, id);
    }

    private static Optional<String> reference(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        Optional<String> reference = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            if (name.equals("reference")) {
                reference =
                        Optional.of(Compartment.plain(json.getText())).filter(plain -> plain.startsWith("Patient/"));
            } else {
                json.skipChildren();
            }
        }
        return reference;
    }
}
