package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.auspex.kernel.adaptation.AdaptationRefused;
import org.auspex.kernel.adaptation.LabelledCase;
import org.auspex.kernel.adaptation.UnlabelledCase;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.LabelSource;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.Subjects;
import org.hl7.fhir.r4.model.ImagingStudy;

/** The studies that a client names, read with the client's own rights: their images, and what people marked on them. */
public final class NamedStudies {

    private static final int MOST_IMAGES = 1000;

    private final Subjects subjects;
    private final LabelSource labels;
    private final PictureSource pictures;

    public NamedStudies(Subjects subjects, LabelSource labels, PictureSource pictures) {
        this.subjects = subjects;
        this.labels = labels;
        this.pictures = pictures;
    }

    /** One of the studies. */
    private record Named(String reference, String patient, PictureSource.Wish images) {}

    /**
     * Their images and marks.
     *
     * @throws AdaptationRefused with what is wrong with each of them
     */
    List<LabelledCase> labelled(AdaptRequest request, ModelCard card, RequestDetails http) {
        return each(
                request.studies(),
                "labelled",
                card,
                http,
                study ->
                        labels
                                .labelled(new LabelSource.Wish(
                                        study.images(), request.segment(), request.segmentations()))
                                .stream()
                                .map(labelled -> new LabelledCase(study.reference(), study.patient(), labelled))
                                .toList());
    }

    /**
     * Images of studies on which nobody needs to have marked anything.
     *
     * @throws AdaptationRefused with what is wrong with each of them
     */
    List<UnlabelledCase> unlabelled(AdaptRequest request, ModelCard card, RequestDetails http) {
        return each(
                request.unlabelled(),
                "unlabelled",
                card,
                http,
                study -> pictures.pictures(study.images()).stream()
                        .map(picture -> new UnlabelledCase(study.reference(), study.patient(), picture))
                        .toList());
    }

    private <T> List<T> each(
            List<String> references, String kind, ModelCard card, RequestDetails http, Function<Named, List<T>> read) {
        var cases = new ArrayList<T>();
        var problems = new ArrayList<String>();
        var source = card.requirements().inputs().get(0).sources().get(0);
        for (var reference : references) {
            try {
                cases.addAll(read.apply(named(reference, source, http)));
            } catch (ImageRefused e) {
                problems.add("%s: %s".formatted(reference, e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new AdaptationRefused(String.join("; ", problems));
        }
        if (cases.size() > MOST_IMAGES) {
            throw new AdaptationRefused(
                    "%d %s images are more than %d; name fewer studies".formatted(cases.size(), kind, MOST_IMAGES));
        }
        return cases;
    }

    private Named named(String reference, Source source, RequestDetails http) {
        var study = subjects.study(reference, http).orElseThrow(() -> new ImageRefused("it is not on this server"));
        var patient = patient(study);
        var images = PictureSource.Wish.of(study, source);
        if (images.series().isEmpty()) {
            throw new ImageRefused("it has no series that the model looks at (%s)".formatted(source.from()));
        }
        return new Named(reference, patient, images);
    }

    private static String patient(ImagingStudy study) {
        return Optional.of(study)
                .flatMap(Compartment::patient)
                .map(Compartment::plain)
                .orElseThrow(() -> new ImageRefused("it does not say whose it is"));
    }
}
