package org.auspex.kernel.appraisal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.evaluation.Grouping;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.EvidenceReader;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Features;
import org.auspex.kernel.features.Requirements;

/** Reads to which groups patients belong at a time. */
record GroupReader(EvidenceReader reader) {

    /** What the groups are told by, of each subject in their order. */
    List<Features> read(List<PatientGroups> by, List<Subject> subjects, Instant asOf) {
        if (by.isEmpty()) {
            return subjects.stream().map(subject -> new Features(Map.of())).toList();
        }
        var asked = new Requirements(
                Optional.empty(), by.stream().map(PatientGroups::input).toList());
        return reader.read(subjects, asked, asOf).stream()
                .map(Evidence::features)
                .toList();
    }

    /** @param rows what was read of each row */
    static List<Grouping> groupings(List<PatientGroups> by, List<Features> rows) {
        return by.stream()
                .map(groups -> new Grouping(
                        groups.name().toLowerCase(Locale.ROOT),
                        rows.stream()
                                .map(row -> groups.group(row.get(groups.name())))
                                .toList()))
                .toList();
    }
}
