package org.auspex.imaging.corrections;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.imaging.corrections.Described.Part;
import org.auspex.imaging.dicom.DicomRefused;

/** Which segments of a person's stand for the same thing as which of a model's. */
final class Pairs {

    private Pairs() {}

    /**
     * A kind of thing that both marked.
     *
     * @param kind of the model's segments
     * @param display the same in words
     * @param numbers of the person's segments
     */
    record Pair(String kind, String display, Set<Integer> numbers) {
        Pair {
            numbers = Set.copyOf(numbers);
        }
    }

    /**
     * Segments belong together by tracking UID or by the code of what they are. Where a Segmentation names that of the model, and each
     * has segments of one kind, these are meant.
     *
     * @param model Segmentations of one result, that the person's is about
     * @return none if the person marked something else
     * @throws DicomRefused if the person's names the model's, and it cannot be told what is meant by which segment
     */
    static List<Pair> of(List<Described> model, Described person) {
        var marked = model.stream().flatMap(one -> one.parts().stream()).toList();
        var corrected =
                person.parts().stream().filter(part -> !part.automatic()).toList();
        var kinds = marked.stream().map(Part::kind).distinct().toList();
        var pairs = kinds.stream()
                .map(kind -> pair(kind, marked, corrected))
                .filter(pair -> !pair.numbers().isEmpty())
                .toList();
        if (!pairs.isEmpty() || model.stream().noneMatch(one -> person.named().contains(one.uid()))) {
            return pairs;
        }
        if (kinds.size() == 1 && corrected.stream().map(Part::kind).distinct().count() == 1) {
            return List.of(new Pair(kinds.get(0), marked.get(0).label(), numbers(corrected)));
        }
        throw new DicomRefused(
                "The Segmentation names one of the model's, but no segment of it has the code or tracking UID of one of that;"
                        + " give its segments the codes %s".formatted(kinds));
    }

    private static Pair pair(String kind, List<Part> marked, List<Part> corrected) {
        var ofKind = marked.stream().filter(part -> part.kind().equals(kind)).toList();
        var meant = corrected.stream()
                .filter(part ->
                        ofKind.stream().anyMatch(other -> part.kind().equals(kind) || Described.isTracked(part, other)))
                .toList();
        return new Pair(kind, ofKind.get(0).label(), numbers(meant));
    }

    private static Set<Integer> numbers(List<Part> parts) {
        return parts.stream().map(Part::number).collect(Collectors.toSet());
    }
}
