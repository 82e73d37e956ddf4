package org.auspex.kernel.notes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.terminology.Units;

/**
 * Decides of everything that a document names whether and how it is written down. What is suspected, planned or a relative's is not
 * written; nor is what the document says two ways.
 */
public final class Standardisation {

    private final List<Wanted> wanted;
    private final Units units;

    /** @param wanted what is written; of several that mean a thing, the first counts */
    public Standardisation(List<Wanted> wanted, Units units) {
        this.wanted = List.copyOf(wanted);
        this.units = units;
    }

    /** What became of each fact, in the note's order. */
    public List<Standardised> of(ReadNote note) {
        var measures = new Measures(units, note.written().isPresent());
        var meanings = note.facts().stream().collect(Collectors.groupingBy(NotedFact::words));
        var claims = claims(note, meanings);
        return note.facts().stream()
                .map(fact -> refusal(fact, meanings).orElseGet(() -> written(fact, measures, claims)))
                .toList();
    }

    private Standardised written(NotedFact fact, Measures measures, Map<String, Set<NotedFact.Said>> claims) {
        var asked = wanted(fact);
        if (asked.isEmpty()) {
            return Standardised.refused(fact, Refusal.NOT_ASKED, "the card does not ask for %s".formatted(fact.name()));
        }
        return fact.kind() == NotedFact.Kind.TEST
                ? measures.of(fact, asked.get())
                : condition(fact, claims.getOrDefault(place(fact), Set.of()));
    }

    private Optional<Wanted> wanted(NotedFact fact) {
        return wanted.stream().filter(one -> one.means(fact)).findFirst();
    }

    private static Optional<Standardised> refusal(NotedFact fact, Map<NotedFact.Words, List<NotedFact>> meanings) {
        if (fact.name().isEmpty()) {
            return Optional.of(Standardised.refused(fact, Refusal.UNKNOWN_TERM, unknown(fact)));
        }
        var others = meanings.getOrDefault(fact.words(), List.of()).stream()
                .filter(other -> other.kind() == fact.kind())
                .filter(other -> other.codes().isEmpty() || !other.codes().equals(fact.codes()))
                .map(NotedFact::name)
                .filter(name -> !name.equals(fact.name()))
                .toList();
        if (!others.isEmpty()) {
            return Optional.of(Standardised.refused(
                    fact, Refusal.AMBIGUOUS, "it means %s, or %s".formatted(fact.name(), String.join(", ", others))));
        }
        return switch (fact.said()) {
            case UNCERTAIN -> Optional.of(Standardised.refused(fact, Refusal.UNCERTAIN, "it is not said for certain"));
            case FAMILY -> Optional.of(Standardised.refused(fact, Refusal.FAMILY, "it is said of the family"));
            case PLANNED -> Optional.of(Standardised.refused(fact, Refusal.PLANNED, "it is only planned"));
            case PRESENT, NEGATED, HISTORICAL -> Optional.empty();
        };
    }

    private static String unknown(NotedFact fact) {
        var missing = "no vocabulary has '%s'".formatted(fact.display());
        return fact.kind() == NotedFact.Kind.UNKNOWN
                ? missing
                : "%s; a network reads it as a %s that is %s"
                        .formatted(missing, lower(fact.kind()), lower(fact.said()));
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** What the note says of each problem and finding at one place of the body, over all that is said for certain. */
    private static Map<String, Set<NotedFact.Said>> claims(
            ReadNote note, Map<NotedFact.Words, List<NotedFact>> meanings) {
        var claims = new HashMap<String, Set<NotedFact.Said>>();
        note.facts().stream()
                .filter(fact -> refusal(fact, meanings).isEmpty())
                .forEach(fact -> claims.computeIfAbsent(place(fact), place -> new HashSet<>())
                        .add(fact.said()));
        return claims;
    }

    private static String place(NotedFact fact) {
        return "%s|%s|%s"
                .formatted(fact.name(), fact.side().orElse(""), fact.site().orElse(""));
    }

    /** What was there before and is there now, is there now. */
    private static Standardised condition(NotedFact fact, Set<NotedFact.Said> claims) {
        if (claims.contains(NotedFact.Said.NEGATED) && claims.size() > 1) {
            return Standardised.refused(fact, Refusal.CONTRADICTED, "the note also says otherwise of it");
        }
        var said = claims.contains(NotedFact.Said.PRESENT) ? NotedFact.Said.PRESENT : fact.said();
        return Standardised.written(fact, new Standardised.Key(fact.name(), said, place(fact)), Optional.empty());
    }
}
