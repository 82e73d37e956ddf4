package org.auspex.imaging.study;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudySeriesComponent;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudySeriesInstanceComponent;
import org.hl7.fhir.r4.model.Reference;

/** What the headers of a study say, gathered one after the other, and written into an ImagingStudy. */
final class StudyDescription {

    private static final String DICOM_UID = "urn:dicom:uid";
    private static final String OID = "urn:oid:";
    private static final String MODALITIES = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String OTHER = "OT";

    private final String uid;
    private final ZoneId zone;
    private final List<Dataset> headers = new ArrayList<>();
    private final Set<NamedPatient> patients = new LinkedHashSet<>();

    /**
     * @param zone of times that say none
     */
    StudyDescription(String uid, ZoneId zone) {
        this.uid = uid;
        this.zone = zone;
    }

    /** Keeps of a header only what is needed: there may be thousands. */
    void add(Dataset header) {
        patients.add(NamedPatient.of(header));
        headers.add(new Dataset()
                .copy(
                        header,
                        Tags.SOP_CLASS_UID,
                        Tags.SOP_INSTANCE_UID,
                        Tags.STUDY_DATE,
                        Tags.STUDY_TIME,
                        Tags.ACCESSION_NUMBER,
                        Tags.MODALITY,
                        Tags.TIMEZONE_OFFSET_FROM_UTC,
                        Tags.STUDY_DESCRIPTION,
                        Tags.SERIES_DESCRIPTION,
                        Tags.BODY_PART_EXAMINED,
                        Tags.SERIES_INSTANCE_UID,
                        Tags.SERIES_NUMBER,
                        Tags.INSTANCE_NUMBER));
    }

    Set<NamedPatient> patients() {
        return patients;
    }

    /** Completes a study that may be new. What it says already stays, for somebody may have put it there who knows more. */
    void writeInto(ImagingStudy study, String patient) {
        if (study.getIdentifier().stream().noneMatch(one -> DICOM_UID.equals(one.getSystem()))) {
            study.addIdentifier().setSystem(DICOM_UID).setValue(OID + uid);
        }
        if (!study.hasStatus()) {
            study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        }
        if (!study.hasSubject()) {
            study.setSubject(new Reference(patient));
        }
        headers.forEach(header -> {
            describe(study, header);
            addInstance(study, header);
        });
        count(study);
    }

    private void describe(ImagingStudy study, Dataset header) {
        if (!study.hasStarted()) {
            Started.of(header, Tags.STUDY_DATE, Tags.STUDY_TIME, zone).ifPresent(study::setStartedElement);
        }
        if (!study.hasDescription()) {
            header.string(Tags.STUDY_DESCRIPTION).ifPresent(study::setDescription);
        }
        var isAccession = study.getIdentifier().stream()
                .anyMatch(one -> one.getType().hasCoding("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN"));
        if (!isAccession) {
            header.string(Tags.ACCESSION_NUMBER).ifPresent(number -> study.addIdentifier(accession(number)));
        }
    }

    private static Identifier accession(String number) {
        var identifier = new Identifier().setValue(number);
        identifier
                .getType()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v2-0203")
                .setCode("ACSN");
        return identifier;
    }

    private void addInstance(ImagingStudy study, Dataset header) {
        var seriesUid = header.string(Tags.SERIES_INSTANCE_UID).orElseThrow();
        var series = study.getSeries().stream()
                .filter(one -> seriesUid.equals(one.getUid()))
                .findFirst()
                .orElseGet(() -> study.addSeries().setUid(seriesUid));
        describe(series, header);
        var instanceUid = header.string(Tags.SOP_INSTANCE_UID).orElseThrow();
        if (series.getInstance().stream().noneMatch(one -> instanceUid.equals(one.getUid()))) {
            series.addInstance(instance(header, instanceUid));
        }
    }

    private static void describe(ImagingStudySeriesComponent series, Dataset header) {
        if (!series.hasModality()) {
            series.setModality(
                    new Coding(MODALITIES, header.string(Tags.MODALITY).orElse(OTHER), null));
        }
        if (!series.hasNumber()) {
            header.integer(Tags.SERIES_NUMBER).filter(number -> number >= 0).ifPresent(series::setNumber);
        }
        if (!series.hasDescription()) {
            header.string(Tags.SERIES_DESCRIPTION).ifPresent(series::setDescription);
        }
        if (!series.hasBodySite()) {
            header.string(Tags.BODY_PART_EXAMINED)
                    .ifPresent(part -> series.getBodySite().setDisplay(part));
        }
    }

    private static ImagingStudySeriesInstanceComponent instance(Dataset header, String uid) {
        var instance = new ImagingStudySeriesInstanceComponent().setUid(uid);
        instance.setSopClass(new Coding(
                "urn:ietf:rfc:3986", OID + header.string(Tags.SOP_CLASS_UID).orElseThrow(), null));
        header.integer(Tags.INSTANCE_NUMBER).filter(number -> number >= 0).ifPresent(instance::setNumber);
        return instance;
    }

    private static void count(ImagingStudy study) {
        var instances = 0;
        for (var series : study.getSeries()) {
            series.setNumberOfInstances(series.getInstance().size());
            instances += series.getInstance().size();
            var modality = series.getModality();
            if (study.getModality().stream().noneMatch(one -> one.getCode().equals(modality.getCode()))) {
                study.addModality(modality.copy());
            }
        }
        study.setNumberOfSeries(study.getSeries().size());
        study.setNumberOfInstances(instances);
    }
}
