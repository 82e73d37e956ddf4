package org.auspex.commandline.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.features.Criteria;
import org.auspex.kernel.model.ModelCard;

/** Scores a whole export, one part after another. */
public final class BulkScoring {

    private final Models models;
    private final EvidenceReader reader;
    private final Instant asOf;

    /**
     * @param models every version that is to answer
     * @throws IllegalArgumentException if one of them needs a server
     */
    public BulkScoring(Models models, EvidenceReader reader, Instant asOf) {
        this.models = models;
        this.reader = reader;
        this.asOf = asOf;
        models.serving().forEach(BulkScoring::requireNoServer);
    }

    /**
     * What came of an export.
     *
     * @param written lines of each file written: resources by type, {@code abstentions}, {@code failures},
     *     {@code problems}
     * @param passedOver types of the export that no model asks for
     * @param aboutNobody lines of types that are asked for and that name no patient
     * @param parts into which the export was laid apart
     */
    public record Report(
            List<String> models,
            String asOf,
            Map<String, Long> written,
            Set<String> passedOver,
            long aboutNobody,
            int parts,
            double seconds) {

        /** Whether every line was read and every subject has a result or an abstention. */
        public boolean isComplete() {
            return !written.containsKey("failures") && !written.containsKey("problems");
        }
    }

    /**
     * @param out where the results are written; the parts lie there until they are scored
     * @throws IllegalArgumentException if {@code out} holds something already
     */
    public Report of(Export export, Path out) throws IOException {
        var begun = System.nanoTime();
        var types = types();
        try (var results = new ResultFiles(out);
                var parts = Parts.of(export, types, Files.createDirectory(out.resolve("parts")), results::unreadable)) {
            var scoring = new Scoring(models, reader, asOf, parts.medications());
            for (var part : parts.paths()) {
                try (var lines = Files.lines(part)) {
                    scoring.score(lines, results);
                }
            }
            var passedOver =
                    export.files().stream().map(Export.File::type).collect(Collectors.toCollection(TreeSet::new));
            passedOver.removeAll(types);
            return new Report(
                    models.serving().stream().map(card -> card.id().toString()).toList(),
                    asOf.toString(),
                    results.counts(),
                    passedOver,
                    parts.aboutNobody(),
                    parts.paths().size(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0);
        }
    }

    /** What the models read, whom they are about, and who has opted out. */
    private List<String> types() {
        var types = new TreeSet<>(Set.of("Patient", "Consent"));
        for (var card : models.serving()) {
            types.add(card.subjectType());
            card.requirements().criteria().forEach(criteria -> types.add(criteria.resourceType()));
        }
        if (types.stream().anyMatch(type -> type.startsWith("Medication"))) {
            types.add("Medication");
        }
        return List.copyOf(types);
    }

    private static void requireNoServer(ModelCard card) {
        if (!card.predicts()) {
            throw new IllegalArgumentException(
                    "Model %s computes tensors and says nothing about anybody".formatted(card.id()));
        }
        card.requirements().criteria().stream()
                .filter(criteria -> !criteria.query().isEmpty())
                .map(Criteria::toString)
                .findFirst()
                .ifPresent(criteria -> {
                    throw new IllegalArgumentException(
                            "Model %s asks for %s, which only a server's search parameters can tell; ask it with $predict"
                                    .formatted(card.id(), criteria));
                });
    }
}
