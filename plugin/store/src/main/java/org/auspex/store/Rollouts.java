package org.auspex.store;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How far each version is trusted, where somebody chose otherwise than its card. A choice is shown in the Device and audited. */
public final class Rollouts {

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final FhirStore store;
    private final SiteCalibrations calibrations;
    private final Clock clock;

    Rollouts(
            FhirStore store,
            SiteCalibrations calibrations,
            DataSource database,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.store = store;
        this.calibrations = calibrations;
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What was chosen, for versions that serve and for those that do not at present. */
    public Map<ModelId, Rollout> chosen() {
        return jdbc.query("select model, stage, percent from auspex_rollout", row -> {
            var chosen = new HashMap<ModelId, Rollout>();
            while (row.next()) {
                chosen.put(
                        ModelId.parse(row.getString("model")),
                        Rollout.of(Rollout.Stage.of(row.getString("stage")), row.getInt("percent")));
            }
            return chosen;
        });
    }

    Rollout of(ModelCard card) {
        return chosen().getOrDefault(card.id(), card.rollout());
    }

    /** The Device of a version as it stands now, with how far it is trusted and what the site has learnt about it. */
    Device device(ModelCard card) {
        return ModelDevice.device(card, of(card), calibrations.of(card));
    }

    /** Chooses, for all servers on this database, and writes down who did. */
    public void choose(ModelCard card, Rollout rollout, By by) {
        transaction.executeWithoutResult(status -> {
            keep(card.id(), rollout);
            store.publish(device(card), store.nowhere());
            store.create(audit(card.id(), rollout, by), store.nowhere());
        });
    }

    /**
     * Who chose, and why.
     *
     * @param name empty if nobody was authenticated
     * @param address network address of the client
     */
    public record By(String name, String address, String reason) {}

    private void keep(ModelId model, Rollout rollout) {
        var now = Timestamp.from(clock.instant());
        var updated = jdbc.update(
                "update auspex_rollout set stage = ?, percent = ?, chosen_at = ? where model = ?",
                rollout.stage().code(),
                rollout.percent(),
                now,
                model.toString());
        if (updated == 0) {
            jdbc.update(
                    "insert into auspex_rollout (model, stage, percent, chosen_at) values (?, ?, ?, ?)",
                    model.toString(),
                    rollout.stage().code(),
                    rollout.percent(),
                    now);
        }
    }

    private AuditEvent audit(ModelId model, Rollout rollout, By by) {
        var audit = new AuditEvent();
        audit.getType().setSystem(DICOM).setCode("110113").setDisplay("Security Alert");
        audit.addSubtype().setSystem(DICOM).setCode("110131").setDisplay("Software Configuration");
        audit.setAction(AuditEvent.AuditEventAction.U);
        audit.setRecorded(Date.from(clock.instant()));
        audit.setOutcome(AuditEvent.AuditEventOutcome._0);
        audit.setOutcomeDesc(
                "%s is %s%s".formatted(model, rollout, by.reason().isEmpty() ? "" : ", because: " + by.reason()));
        audit.addAgent()
                .setRequestor(true)
                .setName(by.name().isEmpty() ? "nobody was authenticated" : by.name())
                .getNetwork()
                .setAddress(by.address());
        audit.getSource().getObserver().setDisplay("Auspex");
        audit.addEntity().setWhat(new Reference("Device/" + ModelDevice.id(model)));
        return audit;
    }
}
