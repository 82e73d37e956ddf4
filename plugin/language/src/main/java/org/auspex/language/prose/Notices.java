package org.auspex.language.prose;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.auspex.language.summary.Tongue;
import org.auspex.language.text.Lines;

/** What readers are told where a part is quoted instead of told, in the language of the summary ({@code notices.tsv}). */
public final class Notices {

    private final Map<Form, String[]> notices = Lines.of(Notices.class, "notices.tsv").stream()
            .collect(Collectors.toUnmodifiableMap(
                    columns -> Form.valueOf(columns[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                    columns -> columns));

    /** Empty where there is nothing to excuse. */
    public Optional<String> of(Form form, Tongue tongue) {
        return Optional.ofNullable(notices.get(form)).map(columns -> columns[1 + tongue.ordinal()]);
    }
}
