package org.auspex.kernel.appraisal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.auspex.kernel.background.Progress;
import org.auspex.kernel.evaluation.Evaluation;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.evaluation.Subgroups;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Features;

/**
 * Judges a model that marks by the segmentations of people that came after its results, as they were compared when they came. Nothing is
 * predicted, and no image is read.
 */
public final class SegmentationAppraiser {

    private static final int TOGETHER = 100;

    private final MarkedStudies studies;
    private final GroupReader groups;

    public SegmentationAppraiser(MarkedStudies studies, EvidenceReader reader) {
        this.studies = studies;
        this.groups = new GroupReader(reader);
    }

    /** A kind of mark in a study, held against its reference. */
    private record Row(MarkedStudy result, MarkedStudy.Reference reference) {

        String patient() {
            return result.study().patient();
        }
    }

    /**
     * Judges.
     *
     * @throws AppraisalRefused if no study has a reference
     */
    public SegmentationAppraisal run(SegmentationOrder order, Progress progress) {
        var leftOut = new TreeMap<>(order.notAsked());
        var byStudy = marked(order, leftOut, progress).stream()
                .sorted(Comparator.comparing(MarkedStudy::predicted).reversed())
                .collect(Collectors.groupingBy(
                        result -> result.study().reference(), LinkedHashMap::new, Collectors.toList()));
        var rows = new ArrayList<Row>();
        byStudy.values().forEach(newestFirst -> rows.addAll(rows(newestFirst, leftOut)));
        if (rows.isEmpty()) {
            throw new AppraisalRefused(
                    "No study of '%s' has a segmentation of a person's that came after the model's: %s"
                            .formatted(order.source(), leftOut.isEmpty() ? "nobody was named" : leftOut));
        }
        progress.at("judging", rows.size(), rows.size());
        var dice = rows.stream().mapToDouble(row -> row.reference().dice()).toArray();
        var people = rows.stream().map(Row::patient).toList();
        var bootstrap = order.bootstrap().by(people);
        return new SegmentationAppraisal(
                order.card(),
                order.source(),
                byStudy.size(),
                (int) rows.stream().map(Row::result).distinct().count(),
                leftOut,
                Evaluation.ofDice(dice, people, bootstrap),
                Subgroups.ofDice(dice, people, groupings(order.by(), rows), bootstrap),
                bootstrap);
    }

    private List<MarkedStudy> marked(SegmentationOrder order, Map<String, Integer> leftOut, Progress progress) {
        var marked = new ArrayList<MarkedStudy>();
        for (var from = 0; from < order.subjects().size(); from += TOGETHER) {
            progress.at("looking for segmentations", from, order.subjects().size());
            var some = order.subjects().subList(from, Math.min(order.subjects().size(), from + TOGETHER));
            var found = studies.of(order.card().id(), some);
            some.stream()
                    .filter(subject -> found.stream().noneMatch(result -> isAbout(result, subject)))
                    .forEach(subject -> leftOut.merge("no result of this version stands about it", 1, Integer::sum));
            marked.addAll(found);
        }
        return marked;
    }

    private static boolean isAbout(MarkedStudy result, Subject subject) {
        return subject.equals(result.study())
                || subject.reference().equals(result.study().patient());
    }

    /** Of the newest result about a study that a reference came after. */
    private static List<Row> rows(List<MarkedStudy> newestFirst, Map<String, Integer> leftOut) {
        for (var result : newestFirst) {
            var references = result.later();
            if (!references.isEmpty()) {
                return references.stream()
                        .map(reference -> new Row(result, reference))
                        .toList();
            }
        }
        leftOut.merge(newestFirst.get(0).withoutReference(), 1, Integer::sum);
        return List.of();
    }

    /** By patient and, where there are several, by what was marked. */
    private List<Grouping> groupings(List<PatientGroups> by, List<Row> rows) {
        var read = new HashMap<MarkedStudy, Features>();
        var features = rows.stream()
                .map(row -> read.computeIfAbsent(row.result(), result -> features(by, result)))
                .toList();
        var groupings = new ArrayList<>(GroupReader.groupings(by, features));
        var marks = rows.stream().map(row -> row.reference().mark()).toList();
        if (marks.stream().distinct().count() > 1) {
            groupings.add(new Grouping("mark", marks));
        }
        return groupings;
    }

    private Features features(List<PatientGroups> by, MarkedStudy result) {
        var patient = Subject.patient(result.study().patient());
        return groups.read(by, List.of(patient), result.predicted()).get(0);
    }
}
