package org.auspex.language.documents;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an attachment is declared as.
 *
 * @param name the media type without parameters; empty when nothing is declared
 */
record ContentType(String name, Optional<String> charset) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    static ContentType of(@Nullable String declared) {
        if (declared == null) {
            return new ContentType("", Optional.empty());
        }
        var matcher = CHARSET.matcher(declared);
        return new ContentType(
                declared.split(";", 2)[0].strip(), matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty());
    }
}
