package org.auspex.operations.adapt;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.adaptation.AdaptationRefused;
import org.auspex.kernel.adaptation.LabelledCase;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.evidence.LabelSource;
import org.auspex.kernel.evidence.PictureSource;
import org.auspex.kernel.features.Source;
import org.auspex.kernel.images.ImageRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.store.Subjects;
import org.hl7.fhir.r4.model.ImagingStudy;

/** The studies that a client names, read with the client's own rights, with what people marked on their images. */
public final class LabelledStudies {

    private static final int MOST_IMAGES = 1000;

    private final Subjects subjects;
    private final LabelSource labels;

    public LabelledStudies(Subjects subjects, LabelSource labels) {
        this.subjects = subjects;
        this.labels = labels;
    }

    /**
     * Their images and marks.
     *
     * @throws AdaptationRefused with what is wrong with each of them
     */
    List<LabelledCase> cases(AdaptRequest request, ModelCard card, RequestDetails http) {
        var cases = new ArrayList<LabelledCase>();
        var problems = new ArrayList<String>();
        var source = card.requirements().inputs().get(0).sources().get(0);
        for (var reference : request.studies()) {
            try {
                cases.addAll(ofStudy(reference, source, request, http));
            } catch (ImageRefused e) {
                problems.add("%s: %s".formatted(reference, e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new AdaptationRefused(String.join("; ", problems));
        }
        if (cases.size() > MOST_IMAGES) {
            throw new AdaptationRefused(
                    "%d labelled images are more than %d; name fewer studies".formatted(cases.size(), MOST_IMAGES));
        }
        return cases;
    }

    private List<LabelledCase> ofStudy(String reference, Source source, AdaptRequest request, RequestDetails http) {
        var study = subjects.study(reference, http).orElseThrow(() -> new ImageRefused("it is not on this server"));
        var patient = patient(study);
        var images = PictureSource.Wish.of(study, source);
        if (images.series().isEmpty()) {
            throw new ImageRefused("it has no series that the model looks at (%s)".formatted(source.from()));
        }
        var wish = new LabelSource.Wish(images, request.segment(), request.segmentations());
        return labels.labelled(wish).stream()
                .map(labelled -> new LabelledCase(reference, patient, labelled))
                .toList();
    }

    private static String patient(ImagingStudy study) {
        return Optional.of(study)
                .flatMap(Compartment::patient)
                .map(Compartment::plain)
                .orElseThrow(() -> new ImageRefused("it does not say whose it is"));
    }
}
