package org.auspex.language.summary;

import java.util.Map;
import java.util.stream.Collectors;
import org.auspex.language.text.Lines;

/** The words of a summary that are not the note's, in each of its languages. */
public final class Titles {

    private final Map<String, String[]> columns = Lines.of(Titles.class, "titles.tsv").stream()
            .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line));

    public String of(String name, Tongue tongue) {
        var titles = columns.get(name);
        if (titles == null) {
            throw new IllegalStateException("titles.tsv has no title for %s".formatted(name));
        }
        return titles[1 + tongue.ordinal()];
    }
}
