package org.auspex.kernel;

import java.time.Instant;
import java.util.List;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.ImagingStudy;

/** What the record says of results that marked something, for whoever compares them with what people marked. */
public interface AgreementRecord {

    /** The results about a study that stand and that kept objects beside its images. */
    List<Kept> standing(ImagingStudy study);

    /** The studies about which results were made since a moment, and stand. */
    List<ImagingStudy> answered(Instant since);

    /**
     * Whether a Segmentation was compared with a result before.
     *
     * @param segmentation its SOP Instance UID
     */
    boolean isCounted(Kept result, String segmentation);

    /** Counts an agreement on the model's Device; again does no harm. */
    void count(SegmentationAgreement agreement);

    /** Tells an operator that a Segmentation cannot be compared, unless that was told before. */
    void incomparable(Incomparable segmentation);

    /** Tells that a Segmentation was compared, if it was reported not to be. */
    void comparable(String studyInstanceUid, String segmentation);

    /**
     * A result and the addresses of its DICOM objects.
     *
     * @param report {@code DiagnosticReport/1}
     */
    record Kept(ModelId model, String report, List<String> objects) {
        public Kept {
            objects = List.copyOf(objects);
        }
    }

    /**
     * A Segmentation of a person's that is about what a model marked, and cannot be compared.
     *
     * @param segmentation its SOP Instance UID
     * @param reason without anything about the patient
     */
    record Incomparable(String studyInstanceUid, String segmentation, String reason) {}
}
