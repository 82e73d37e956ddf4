package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auspex.kernel.StudyRecord;
import org.auspex.kernel.evidence.Compartment;
import org.auspex.kernel.model.Sha256;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** ImagingStudies of images that came here, and Tasks about those that could not be put into anybody's record. */
public final class Studies implements StudyRecord {

    private static final String DICOM_UID = "urn:dicom:uid";
    private static final String OID = "urn:oid:";
    private static final String WORK_VALUE = "imaging-study ";

    private final FhirStore store;
    private final Clock clock;

    Studies(FhirStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Patient> patients(Identifier identifier) {
        return search("Patient", identifier.getSystem(), identifier.getValue()).stream()
                .map(Patient.class::cast)
                .toList();
    }

    /** Where there are several, the one that was there first. */
    @Override
    public Optional<ImagingStudy> find(String studyInstanceUid) {
        return search("ImagingStudy", DICOM_UID, OID + studyInstanceUid).stream()
                .map(ImagingStudy.class::cast)
                .min(Comparator.comparing(
                        study -> study.getMeta().getLastUpdated(), Comparator.nullsLast(Comparator.naturalOrder())));
    }

    /**
     * A new one gets an id that follows from its UID, so that of two that write it at the same moment the second sees the
     * first; one that was found is only written over the version that was found.
     */
    @Override
    public String write(ImagingStudy study) {
        if (study.hasId()) {
            store.update(study);
        } else {
            study.setId(newId(study));
            store.put(study, store.place(Compartment.plain(study.getSubject().getReference())));
        }
        return reference(study);
    }

    private String newId(ImagingStudy study) {
        var id = "dicom-" + Sha256.of(study.getIdentifierFirstRep().getValue()).substring(0, 40);
        if (store.find(ImagingStudy.class, id).isPresent()) {
            throw new IllegalStateException("ImagingStudy/%s was written meanwhile; read it again".formatted(id));
        }
        return id;
    }

    /** What the record says about where a study's images are. */
    public List<Endpoint> endpoints(ImagingStudy study) {
        return study.getEndpoint().stream()
                .map(Reference::getReference)
                .filter(Objects::nonNull)
                .flatMap(reference -> store.find(Compartment.plain(reference)).stream())
                .filter(Endpoint.class::isInstance)
                .map(Endpoint.class::cast)
                .toList();
    }

    @Override
    public String endpoint(Endpoint endpoint) {
        var there = store.find(Endpoint.class, endpoint.getIdElement().getIdPart());
        if (there.filter(found -> found.getAddress().equals(endpoint.getAddress()))
                .isEmpty()) {
            store.put(endpoint, store.nowhere());
        }
        return "Endpoint/" + endpoint.getIdElement().getIdPart();
    }

    @Override
    public void unlinked(Unlinked study) {
        var before = task(study.studyInstanceUid());
        var task = before.orElseGet(() -> describe(study));
        task.setStatus(Task.TaskStatus.FAILED);
        task.getStatusReason().setText(study.reason());
        task.setLastModified(Date.from(clock.instant()));
        if (before.isPresent()) {
            store.update(task);
        } else {
            store.create(task, store.nowhere());
        }
    }

    private Task describe(Unlinked study) {
        var task = new Task();
        task.addIdentifier().setSystem(FailureTasks.WORK).setValue(WORK_VALUE + OID + study.studyInstanceUid());
        task.setIntent(Task.TaskIntent.ORDER);
        task.getCode().setText("Images that are in nobody's record");
        task.setDescription("DICOM study " + study.studyInstanceUid());
        task.getFocus()
                .setType("ImagingStudy")
                .setIdentifier(new Identifier().setSystem(DICOM_UID).setValue(OID + study.studyInstanceUid()));
        study.patient().ifPresent(identifier -> task.getFor().setType("Patient").setIdentifier(identifier));
        task.setAuthoredOn(Date.from(clock.instant()));
        return task;
    }

    @Override
    public void linked(String studyInstanceUid, String reference) {
        task(studyInstanceUid)
                .filter(task -> task.getStatus() != Task.TaskStatus.COMPLETED)
                .ifPresent(task -> {
                    task.setStatus(Task.TaskStatus.COMPLETED);
                    task.setStatusReason(null);
                    task.setLastModified(Date.from(clock.instant()));
                    task.addOutput()
                            .setValue(new Reference(reference))
                            .getType()
                            .setText("Outcome");
                    store.update(task);
                });
    }

    @Override
    public Set<String> askedAgain() {
        var asking = new SearchParameterMap()
                .add(
                        "status",
                        new TokenOrListParam()
                                .add(Task.TaskStatus.REQUESTED.toCode())
                                .add(Task.TaskStatus.READY.toCode()))
                .add("identifier", new TokenParam(FailureTasks.WORK, null));
        return store.search("Task", asking).stream()
                .flatMap(task -> ofStudy((Task) task).stream())
                .collect(Collectors.toSet());
    }

    /** The UID of the study that is looked at again for a Task of ours; empty if it is about something else. */
    public static Optional<String> ofStudy(Task task) {
        return unlinked(task).or(() -> Agreements.study(task));
    }

    private static Optional<String> unlinked(Task task) {
        return task.getIdentifier().stream()
                .filter(identifier -> FailureTasks.WORK.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .filter(value -> value != null && value.startsWith(WORK_VALUE + OID))
                .map(value -> value.substring((WORK_VALUE + OID).length()))
                .findFirst();
    }

    /** Does something when the write that is under way can be read. */
    public void afterCommit(Runnable work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    private Optional<Task> task(String studyInstanceUid) {
        return search("Task", FailureTasks.WORK, WORK_VALUE + OID + studyInstanceUid).stream()
                .map(Task.class::cast)
                .findFirst();
    }

    private List<Resource> search(String type, String system, String value) {
        return store.search(type, new SearchParameterMap().add("identifier", new TokenParam(system, value)));
    }

    private static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
