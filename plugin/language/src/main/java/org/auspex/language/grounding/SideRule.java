package org.auspex.language.grounding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.auspex.language.grounding.Verdict.Objection;
import org.auspex.language.grounding.Verdict.Outcome;

/**
 * A side must be cited, of the same: what the clause names around it must be nearer to that side than to another one in the cited words. If it is
 * nearer to another one, the claim is contradicted.
 */
final class SideRule implements Rule {

    private static final String NAME = "side";

    private static final Pattern CLAUSE = Pattern.compile("[^，,。；;、：:!?！？\\n]+");
    private static final Pattern SIDE = Pattern.compile(
            "\\b(?<left>left)\\b|\\b(?<right>right)\\b|\\b(?<both>bilateral(?:ly)?|both (?=(?:lower |upper )?(?:legs|arms|lungs|eyes|ears|knees|hands|feet|sides|ankles|calves|hips|shoulders)))|(?<zleft>左)(?!右)|(?<!左)(?<zright>右)|(?<zboth>双|两侧)");

    private static final Set<String> NAMES_NOTHING =
            Set.of("侧", "边", "的", "及", "和", "与", "有", "见", "可", "向", "至", "于", "伴");

    private final Likeness likeness = new Likeness();

    /** A side, and what its clause names with it: words behind it up to the next side, or before it where nothing follows. */
    private record Sided(String side, Set<String> about) {

        long shares(Sided other) {
            return about.stream().filter(other.about::contains).count();
        }
    }

    @Override
    public List<Objection> objections(Reading claim, Reading cited) {
        var known = new ArrayList<>(sides(cited.folded()));
        return sides(claim.folded()).stream()
                .flatMap(sided -> objection(sided, known).stream())
                .toList();
    }

    /** Where a thing is cited of both sides, each mention counts once: left twice is not left and right. */
    private static List<Objection> objection(Sided claimed, List<Sided> known) {
        var same = nearest(claimed, known, true);
        var other = nearest(claimed, known, false);
        if (same >= other && (same > 0 || (same == 0 && claimed.about().isEmpty()))) {
            if (same == other) {
                known.remove(known.stream()
                        .filter(sided -> sided.side().equals(claimed.side()) && claimed.shares(sided) == same)
                        .findFirst()
                        .orElseThrow());
            }
            return List.of();
        }
        return List.of(new Objection(
                NAME,
                other > 0 ? Outcome.CONTRADICTED : Outcome.UNSUPPORTED,
                "The side '%s' is not that of the cited words".formatted(claimed.side())));
    }

    /** How many words are shared with the likest mention of the same side, or of another; -1 if there is none. */
    private static long nearest(Sided claimed, List<Sided> known, boolean same) {
        return known.stream()
                .filter(sided -> sided.side().equals(claimed.side()) == same)
                .mapToLong(claimed::shares)
                .max()
                .orElse(-1);
    }

    private List<Sided> sides(String folded) {
        return CLAUSE.matcher(folded)
                .results()
                .flatMap(clause -> inClause(clause.group()).stream())
                .toList();
    }

    private List<Sided> inClause(String clause) {
        var found = SIDE.matcher(clause).results().toList();
        return IntStream.range(0, found.size())
                .mapToObj(place -> {
                    var at = found.get(place);
                    var next = place + 1 < found.size() ? found.get(place + 1).start() : clause.length();
                    var previous = place == 0 ? 0 : found.get(place - 1).end();
                    var behind = words(clause.substring(at.end(), next));
                    return new Sided(
                            side(at.group()),
                            behind.isEmpty() ? words(clause.substring(previous, at.start())) : behind);
                })
                .toList();
    }

    private static String side(String word) {
        return switch (word.charAt(0)) {
            case 'l', '左' -> "left";
            case 'r', '右' -> "right";
            default -> "both";
        };
    }

    /** Stems of Latin words, and single Chinese characters. */
    private Set<String> words(String text) {
        var words = new HashSet<String>();
        for (var word : Words.in(text)) {
            var written = word.in(text);
            if (Likeness.isChinese(written)) {
                Arrays.stream(written.split(""))
                        .filter(sign -> !NAMES_NOTHING.contains(sign))
                        .forEach(words::add);
            } else if (!likeness.isPlain(written)) {
                likeness.of(written).forEach(like -> words.add(Words.stem(like)));
            }
        }
        return words;
    }
}
