package org.auspex.language.prose;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.auspex.language.summary.Part;
import org.auspex.language.summary.Summary;

/** A summary as it is shown: each of its parts told or quoted. */
public record Telling(Summary summary, List<Told> parts) {

    /** A part, and those within it. */
    public record Told(Writing writing, List<Told> parts) {

        public Told {
            parts = List.copyOf(parts);
        }

        private Stream<Writing> writings() {
            return Stream.concat(Stream.of(writing), parts.stream().flatMap(Told::writings));
        }
    }

    public Telling {
        parts = List.copyOf(parts);
    }

    /** All of it quoted, since nobody asked for more. */
    public static Telling quoting(Summary summary) {
        return of(summary, part -> Writing.quoted(part, part.quotations().isEmpty() ? Form.EMPTY : Form.QUOTED));
    }

    /** Each part as it is written, in the order of the summary. */
    static Telling of(Summary summary, Function<Part, Writing> writing) {
        return new Telling(
                summary,
                summary.parts().stream().map(part -> told(part, writing)).toList());
    }

    private static Told told(Part part, Function<Part, Writing> writing) {
        var own = writing.apply(part);
        return new Told(
                own, part.parts().stream().map(inner -> told(inner, writing)).toList());
    }

    /** Of all parts, in order. */
    public List<Writing> writings() {
        return parts.stream().flatMap(Told::writings).toList();
    }

    /** Whether the language model answered whatever it was asked: asking again would not make it fuller. */
    public boolean isComplete() {
        return writings().stream()
                .noneMatch(writing -> writing.failure().isPresent() || writing.form() == Form.NO_MODEL);
    }
}
