package org.auspex.kernel.evidence;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.kernel.features.Source;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Resource;

/** Which images of a study a card means, by what the ImagingStudy says: those of the modalities that it asks for. */
final class StudyImages {

    /** A small picture of each is held while a result is made, 4 MB at most. */
    static final int MOST_SLIDES = 20;

    private static final String MODALITY = "modality=";

    private StudyImages() {}

    /** What identifies the images; empty if there are none. */
    static Optional<Value> of(Resource resource, Source source) {
        var series = series((ImagingStudy) resource, source)
                .map(one -> one.getUid() + ":"
                        + one.getInstance().stream()
                                .map(ImagingStudy.ImagingStudySeriesInstanceComponent::getUid)
                                .sorted()
                                .collect(Collectors.joining(",")))
                .sorted()
                .toList();
        return series.isEmpty() ? Optional.empty() : Optional.of(new Value.Images(series));
    }

    static PictureSource.Wish wish(Observed observed) {
        return wish((ImagingStudy) observed.resource(), observed.source());
    }

    static PictureSource.Wish wish(ImagingStudy study, Source source) {
        return new PictureSource.Wish(
                study,
                series(study, source)
                        .map(ImagingStudy.ImagingStudySeriesComponent::getUid)
                        .toList(),
                source.value().equals(Source.VOLUME),
                source.frames());
    }

    private static Stream<ImagingStudy.ImagingStudySeriesComponent> series(ImagingStudy study, Source source) {
        var wanted = modalities(source);
        return study.getSeries().stream()
                .filter(series -> series.hasInstance()
                        && (wanted.isEmpty()
                                || wanted.contains(series.getModality().getCode())));
    }

    /** The codes in {@code modality=US,MG}, with or without their system. */
    private static Set<String> modalities(Source source) {
        return Stream.of(source.from().query().split("&"))
                .filter(parameter -> parameter.startsWith(MODALITY))
                .flatMap(parameter ->
                        Stream.of(parameter.substring(MODALITY.length()).split(",")))
                .map(token -> token.substring(token.indexOf('|') + 1))
                .collect(Collectors.toSet());
    }
}
