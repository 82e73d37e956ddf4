package org.auspex.store;

import java.util.Objects;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps what evaluations came to. They are about models and not about anybody. */
public final class Reports {

    private final FhirStore store;
    private final ModelResources models;
    private final Rollouts rollouts;
    private final SiteCalibrations calibrations;
    private final TransactionTemplate writing;

    Reports(
            FhirStore store,
            Rollouts rollouts,
            SiteCalibrations calibrations,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.rollouts = rollouts;
        this.calibrations = calibrations;
        this.models = new ModelResources(store, rollouts);
        this.writing = new TransactionTemplate(transactions);
    }

    /** A report and its page, as they were stored. */
    public record Kept(MeasureReport report, DocumentReference page) {}

    /**
     * Stores the measure under its id, and a new report with its page, all or none. The Device of the model is stored where it is not there
     * yet.
     */
    public Kept keep(ModelCard card, Measure measure, MeasureReport report, DocumentReference page) {
        return Objects.requireNonNull(writing.execute(status -> {
            models.ensure(card, store.nowhere());
            store.publish(measure, store.nowhere());
            var kept = store.create(page, store.nowhere());
            report.addEvaluatedResource(
                    new Reference("DocumentReference/" + kept.getIdElement().getIdPart()));
            return new Kept(store.create(report, store.nowhere()), kept);
        }));
    }

    /** Takes limits of conformal prediction into use, unless some that were fitted later are, and shows them in the Device. */
    public void calibrate(ModelCard card, ConformalCalibration calibration) {
        writing.executeWithoutResult(status -> {
            if (calibrations.keep(calibration)) {
                store.publish(rollouts.device(card), store.nowhere());
            }
        });
    }
}
