package org.auspex.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with tenants, no references from one into another, on PostgreSQL. */
class PartitionedHostIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NORTH = "/NORTH";
    private static final String SOUTH = "/SOUTH";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static RunningHost host;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        host = RunningHost.with(
                directory,
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--spring.jpa.properties.hibernate.dialect=ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect",
                "--hapi.fhir.partitioning.default_partition_id=0");
        tenant(1, "NORTH");
        tenant(2, "SOUTH");
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        postgres.close();
    }

    @Test
    void aResultLandsInThePartitionOfItsSubject() {
        store(NORTH, "p-north", 72);
        store(SOUTH, "p-south", 135);

        for (var tenant : new String[] {NORTH, SOUTH}) {
            var patient = tenant.equals(NORTH) ? "p-north" : "p-south";
            assertThat(RunningHost.eventually(
                            PATIENCE,
                            () -> host.results(tenant, patient).stream().findFirst()))
                    .as(patient)
                    .isPresent();
            var result = host.results(tenant, patient).get(0);
            var device = result.getPerformer().getReferenceElement();
            assertThat(host.client(tenant)
                            .read()
                            .resource("Device")
                            .withId(device.getIdPart())
                            .execute())
                    .isNotNull();
        }
        assertThat(host.query("select distinct r.partition_id from hfj_resource r where r.res_type in"
                        + " ('RiskAssessment', 'Provenance') order by 1"))
                .containsExactly("1", "2");
        assertThat(host.query("select distinct r.partition_id from hfj_resource r where r.res_type in"
                        + " ('SearchParameter', 'ValueSet', 'OperationDefinition')"))
                .containsExactly("0");
        assertOurRowsLieIn("p-north", "1");
        assertOurRowsLieIn("p-south", "2");
    }

    @Test
    void aTenantCannotAskAboutThePatientsOfAnother() {
        store(NORTH, "p-private", 80);

        assertThat(predict(NORTH, "p-private").getEntry()).isNotEmpty();
        assertThatThrownBy(() -> predict(SOUTH, "p-private")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aCorrectionWithdrawsTheResultWhereItIs() {
        store(NORTH, "p-corrected", 72);
        assertThat(RunningHost.eventually(
                        PATIENCE,
                        () -> host.results(NORTH, "p-corrected").stream().findFirst()))
                .isPresent();
        var pulse = (Observation) host.client(NORTH)
                .search()
                .byUrl("Observation?patient=p-corrected&code=http://loinc.org|8867-4")
                .returnBundle(Bundle.class)
                .execute()
                .getEntryFirstRep()
                .getResource();
        pulse.setStatus(Observation.ObservationStatus.ENTEREDINERROR);

        host.client(NORTH).update().resource(pulse).execute();

        assertThat(RunningHost.eventually(
                        PATIENCE,
                        () -> host.results(NORTH, "p-corrected").stream()
                                .filter(result -> "entered-in-error"
                                        .equals(result.getStatus().toCode()))
                                .findFirst()))
                .isPresent();
        assertOurRowsLieIn("p-corrected", "1");
        assertThat(host.query(
                        "select distinct partition_id from auspex_work where kind = 'REVIEW' and subject = 'Observation/"
                                + pulse.getIdElement().getIdPart() + "'"))
                .containsExactly("1");
    }

    @Test
    void aPartitionCanBeNamedToTheTool() {
        store(NORTH, "p-tool", 72);

        var there =
                host.tools().call("predict", Map.of("subject", "Patient/p-tool", "tenant", "NORTH", "model", "news2"));
        var elsewhere =
                host.tools().call("predict", Map.of("subject", "Patient/p-tool", "tenant", "SOUTH", "model", "news2"));

        assertThat(there.isError()).as(there.text()).isFalse();
        assertThat(there.text()).contains(host.url("/fhir/NORTH/RiskAssessment/"));
        assertThat(elsewhere.text()).startsWith("$predict answered 404");
    }

    private static void assertOurRowsLieIn(String patient, String partition) {
        for (var table : new String[] {"auspex_work", "auspex_result"}) {
            assertThat(host.query("select distinct coalesce(partition_id, -1) from %s where patient = 'Patient/%s'"
                            .formatted(table, patient)))
                    .as(table)
                    .containsExactly(partition);
        }
    }

    private static void store(String tenant, String patient, double pulse) {
        host.client(tenant)
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), Vitals.allButPulse(patient)))
                .execute();
        host.client(tenant)
                .create()
                .resource(Vitals.measured(patient, "8867-4", pulse))
                .execute();
    }

    private static Bundle predict(String tenant, String patient) {
        return host.client(tenant)
                .operation()
                .onInstance("Patient/" + patient)
                .named("$predict")
                .withParameter(Parameters.class, "model", new StringType("news2"))
                .returnResourceType(Bundle.class)
                .execute();
    }

    private static void tenant(int id, String name) {
        host.client("/DEFAULT")
                .operation()
                .onServer()
                .named("$partition-management-create-partition")
                .withParameter(Parameters.class, "id", new IntegerType(id))
                .andParameter("name", new CodeType(name))
                .execute();
    }
}
