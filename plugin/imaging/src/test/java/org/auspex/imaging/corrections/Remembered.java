package org.auspex.imaging.corrections;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auspex.kernel.AgreementRecord;
import org.auspex.kernel.StudyRecord;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;

/** A record with one study and one result about it, which remembers what it is told. */
final class Remembered implements StudyRecord, AgreementRecord {

    private final List<String> objects = new ArrayList<>();
    private final List<SegmentationAgreement> counted = new ArrayList<>();
    private final List<Incomparable> incomparable = new ArrayList<>();

    void keeps(String url) {
        objects.add(url);
    }

    List<SegmentationAgreement> counted() {
        return counted;
    }

    List<Incomparable> incomparable() {
        return incomparable;
    }

    @Override
    public Optional<ImagingStudy> find(String studyInstanceUid) {
        var study = new ImagingStudy();
        study.setId("study");
        return Optional.of(study);
    }

    @Override
    public List<Kept> standing(ImagingStudy study) {
        return List.of(new Kept(new ModelId("lesions", "1.0.0"), "DiagnosticReport/1", objects));
    }

    @Override
    public List<ImagingStudy> answered(Instant since) {
        return find("1.2.3").stream().toList();
    }

    @Override
    public boolean isCounted(Kept result, String segmentation) {
        return counted.stream().anyMatch(one -> one.segmentation().uid().equals(segmentation));
    }

    @Override
    public void count(SegmentationAgreement agreement) {
        counted.add(agreement);
    }

    @Override
    public void incomparable(Incomparable segmentation) {
        incomparable.add(segmentation);
    }

    @Override
    public void comparable(String studyInstanceUid, String segmentation) {
        incomparable.removeIf(one -> one.segmentation().equals(segmentation));
    }

    @Override
    public List<Patient> patients(Identifier identifier) {
        return List.of();
    }

    @Override
    public String write(ImagingStudy study) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public String endpoint(Endpoint endpoint) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void unlinked(Unlinked study) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public void linked(String studyInstanceUid, String reference) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    @Override
    public Set<String> askedAgain() {
        return Set.of();
    }
}
