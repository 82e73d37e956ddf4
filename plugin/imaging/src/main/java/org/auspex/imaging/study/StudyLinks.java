package org.auspex.imaging.study;

import java.time.ZoneId;
import java.util.Optional;
import org.auspex.imaging.archive.Archive;
import org.auspex.imaging.dicom.Uid;
import org.auspex.kernel.StudyRecord;
import org.auspex.kernel.StudyRecord.Unlinked;
import org.auspex.kernel.evidence.Compartment;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a study of the archive into the record. The ImagingStudy is read first and the archive then, so whoever writes over a
 * version has seen at least what that version was made of: of two at the same moment none loses what the other adds.
 */
public final class StudyLinks {

    private static final Logger LOG = LoggerFactory.getLogger(StudyLinks.class);

    private final Archive archive;
    private final StudyRecord record;
    private final PatientMatching matching;
    private final Place place;

    /**
     * How studies of this archive are described.
     *
     * @param endpoint where clients fetch the images; empty if that is not said
     * @param zone of times in DICOM that say none
     */
    public record Place(Optional<Endpoint> endpoint, ZoneId zone) {}

    public StudyLinks(Archive archive, StudyRecord record, PatientSystems systems, Place place) {
        this.archive = archive;
        this.record = record;
        this.matching = new PatientMatching(record, systems);
        this.place = place;
    }

    /**
     * Creates or completes the ImagingStudy, or says in a Task why not. The objects stay in the archive either way.
     *
     * @throws RuntimeException if the record cannot be written, or somebody else wrote the ImagingStudy meanwhile: try again
     */
    public void link(Uid uid) {
        var known = record.find(uid.value());
        var description = new StudyDescription(uid.value(), place.zone());
        archive.metadata(uid, Optional.empty(), description::add);
        var match = matching.match(description.patients());
        if (match instanceof Match.None none) {
            refuse(new Unlinked(uid.value(), none.identifier(), none.reason()));
        } else if (match instanceof Match.One one && isOfAnother(known, one.patient())) {
            refuse(new Unlinked(
                    uid.value(),
                    Optional.empty(),
                    "The objects name %s, but the ImagingStudy %s is about another; correct whichever is wrong"
                            .formatted(one.patient(), known.get().getIdElement().getIdPart())));
        } else if (match instanceof Match.One one) {
            write(uid, known.orElseGet(ImagingStudy::new), description, one.patient());
        }
    }

    private static boolean isOfAnother(Optional<ImagingStudy> known, String patient) {
        return known.filter(study -> study.getSubject().hasReference())
                .filter(study ->
                        !Compartment.plain(study.getSubject().getReference()).equals(patient))
                .isPresent();
    }

    private void write(Uid uid, ImagingStudy study, StudyDescription description, String patient) {
        description.writeInto(study, patient);
        place.endpoint().map(endpoint -> record.endpoint(endpoint.copy())).ifPresent(reference -> {
            if (study.getEndpoint().stream().noneMatch(one -> reference.equals(one.getReference()))) {
                study.addEndpoint(new Reference(reference));
            }
        });
        var written = record.write(study);
        record.linked(uid.value(), written);
        LOG.info("{} has {} instances", written, study.getNumberOfInstances());
    }

    private void refuse(Unlinked study) {
        record.unlinked(study);
        LOG.warn("DICOM study {} is in nobody's record; a Task says why", study.studyInstanceUid());
    }
}
