package org.auspex.store;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.auspex.kernel.AgreementRecord;
import org.auspex.kernel.findings.SegmentationAgreement;
import org.auspex.kernel.model.ModelId;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** How far people agreed with what models marked: Observations about the models' Devices, and Tasks about what cannot be compared. */
public final class Agreements implements AgreementRecord {

    private static final String DICOM_UID = "urn:dicom:uid";
    private static final String OID = "urn:oid:";
    private static final String WORK_VALUE = "segmentation ";
    private static final Set<Task.TaskStatus> SETTLED =
            Set.of(Task.TaskStatus.FAILED, Task.TaskStatus.COMPLETED, Task.TaskStatus.CANCELLED);

    private final FhirStore store;
    private final ResultTable table;
    private final Clock clock;
    private final Map<ModelId, DoubleSummaryStatistics> counted = new ConcurrentHashMap<>();

    Agreements(FhirStore store, ResultTable table, Clock clock) {
        this.store = store;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public List<Kept> standing(ImagingStudy study) {
        var reference = "ImagingStudy/" + study.getIdElement().getIdPart();
        return table.restingOn(reference).stream()
                .filter(row -> row.subject().reference().equals(reference))
                .filter(row -> row.result().startsWith("DiagnosticReport/"))
                .flatMap(row -> store.find(row.result()).stream()
                        .map(report -> new Kept(row.model(), row.result(), objects((DiagnosticReport) report))))
                .filter(result -> !result.objects().isEmpty())
                .toList();
    }

    @Override
    public List<ImagingStudy> answered(Instant since) {
        return table.studies(since).stream()
                .flatMap(study -> store.find(study).stream())
                .map(ImagingStudy.class::cast)
                .toList();
    }

    private static List<String> objects(DiagnosticReport report) {
        return report.getPresentedForm().stream()
                .filter(form -> "application/dicom".equals(form.getContentType()))
                .map(Attachment::getUrl)
                .toList();
    }

    @Override
    public boolean isCounted(Kept result, String segmentation) {
        return search("Observation", DICOM_UID, OID + segmentation).stream()
                .map(Observation.class::cast)
                .anyMatch(observation -> observation.getFocus().stream()
                        .anyMatch(focus -> result.report()
                                .equals(focus.getReferenceElement()
                                        .toUnqualifiedVersionless()
                                        .getValue())));
    }

    /** Its id follows from what was compared, so that of two servers that count the same one writes over the other. */
    @Override
    public void count(SegmentationAgreement agreement) {
        var observation = agreement.observation(clock.instant());
        observation.setId("agreement-" + agreement.identity().substring(0, 40));
        if (store.find(Observation.class, observation.getIdElement().getIdPart())
                .isEmpty()) {
            store.put(observation, store.place(agreement.report()));
            counted.merge(agreement.model(), of(agreement.dice()), Agreements::both);
        }
    }

    /** A value is never changed once it is in the map, so that whoever reads it sees a whole one. */
    private static DoubleSummaryStatistics both(DoubleSummaryStatistics one, DoubleSummaryStatistics other) {
        var both = new DoubleSummaryStatistics();
        both.combine(one);
        both.combine(other);
        return both;
    }

    private static DoubleSummaryStatistics of(double dice) {
        var one = new DoubleSummaryStatistics();
        one.accept(dice);
        return one;
    }

    /** Dice's coefficients that were counted since the server started. */
    public DoubleSummaryStatistics counted(ModelId model) {
        return counted.getOrDefault(model, new DoubleSummaryStatistics());
    }

    @Override
    public void incomparable(Incomparable segmentation) {
        var before = task(segmentation.studyInstanceUid(), segmentation.segmentation());
        if (before.filter(task -> SETTLED.contains(task.getStatus())).isPresent()) {
            return;
        }
        var task = before.orElseGet(() -> describe(segmentation));
        task.setStatus(Task.TaskStatus.FAILED);
        task.getStatusReason().setText(segmentation.reason());
        task.setLastModified(Date.from(clock.instant()));
        if (before.isPresent()) {
            store.update(task);
        } else {
            store.create(task, store.nowhere());
        }
    }

    private Task describe(Incomparable segmentation) {
        var task = new Task();
        task.addIdentifier()
                .setSystem(FailureTasks.WORK)
                .setValue(work(segmentation.studyInstanceUid(), segmentation.segmentation()));
        task.setIntent(Task.TaskIntent.ORDER);
        task.getCode().setText("A Segmentation that cannot be compared with a model's");
        task.setDescription("DICOM Segmentation " + segmentation.segmentation());
        task.getFocus()
                .setType("ImagingStudy")
                .setIdentifier(new Identifier().setSystem(DICOM_UID).setValue(OID + segmentation.studyInstanceUid()));
        task.setAuthoredOn(Date.from(clock.instant()));
        return task;
    }

    @Override
    public void comparable(String studyInstanceUid, String segmentation) {
        task(studyInstanceUid, segmentation)
                .filter(task -> task.getStatus() != Task.TaskStatus.COMPLETED)
                .ifPresent(task -> {
                    task.setStatus(Task.TaskStatus.COMPLETED);
                    task.setStatusReason(null);
                    task.setLastModified(Date.from(clock.instant()));
                    store.update(task);
                });
    }

    /** The UID of the study with the Segmentation that a Task of ours is about; empty if it is about something else. */
    static Optional<String> study(Task task) {
        return task.getIdentifier().stream()
                .filter(identifier -> FailureTasks.WORK.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .filter(value -> value != null && value.startsWith(WORK_VALUE + OID))
                .flatMap(value -> Stream.of(value.split(" ", 3)).skip(1).limit(1))
                .map(study -> study.substring(OID.length()))
                .findFirst();
    }

    private static String work(String study, String segmentation) {
        return WORK_VALUE + OID + study + " " + OID + segmentation;
    }

    private Optional<Task> task(String study, String segmentation) {
        return search("Task", FailureTasks.WORK, work(study, segmentation)).stream()
                .map(Task.class::cast)
                .findFirst();
    }

    private List<Resource> search(String type, String system, String value) {
        return store.search(type, new SearchParameterMap().add("identifier", new TokenParam(system, value)));
    }
}
