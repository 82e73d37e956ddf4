package org.auspex.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of the folder in a host on H2, in order, because starting a host takes most of the time: moved in without a
 * key, taken away, and moved in again with the starter's three keys set.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER_TABLES =
            "select lower(table_name) from information_schema.tables where table_schema = 'PUBLIC'"
                    + " and lower(table_name) not like 'auspex%' order by 1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningHost host;

    private static List<String> tables = List.of();

    @BeforeAll
    static void moveIn() throws IOException {
        host = RunningHost.with(directory, database(), "--hapi.fhir.subscription.resthook_enabled=true");
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
    }

    @Test
    @Order(1)
    void logsOneLineWithVersionEnginesAndModels() {
        var line = RunningHost.eventually(
                PATIENCE, () -> host.logOfAuspex().stream().findFirst());

        assertThat(line).get().asString().contains("Auspex ", "pytorch", "scorecard", "news2|1.0.0");
        assertThat(host.logOfAuspex()).hasSize(1);
    }

    @Test
    @Order(2)
    void putsHooksOfTheStoreOnTheStoreAndTheOperationOnTheServer() {
        assertRegisteredOnce();
        assertThat(host.client()
                        .capabilities()
                        .ofType(CapabilityStatement.class)
                        .execute()
                        .getRestFirstRep()
                        .getOperation())
                .extracting(operation -> operation.getName())
                .contains("predict");
    }

    @Test
    @Order(3)
    void answersAndReactsOnceToATransaction() {
        host.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient("p-rest", "1950-01-01"), Vitals.allButPulse("p-rest")))
                .execute();
        var pulse = host.client()
                .create()
                .resource(Vitals.measured("p-rest", "8867-4", 72))
                .execute();

        assertOneResult("p-rest");
        assertAskedOnce(pulse.getId().getIdPart());
        assertThat(predict("p-rest").getEntry())
                .extracting(entry -> entry.getResource().fhirType())
                .containsExactly("RiskAssessment", "Observation", "Provenance");
        assertThat(host.results("", "p-rest")).hasSize(1);
    }

    @Test
    @Order(4)
    void reactsOnceToABatch() {
        var bundle = Vitals.transaction(Vitals.patient("p-batch", "1950-01-01"), List.of());
        bundle.setType(Bundle.BundleType.BATCH);
        host.client().transaction().withBundle(bundle).execute();
        var measured = new Bundle().setType(Bundle.BundleType.BATCH);
        var values = new java.util.ArrayList<>(Vitals.allButPulse("p-batch"));
        values.add(Vitals.measured("p-batch", "8867-4", 72));
        values.forEach(value -> measured.addEntry()
                .setResource(value)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Observation"));

        var answer = host.client().transaction().withBundle(measured).execute();

        var last = answer.getEntry()
                .get(answer.getEntry().size() - 1)
                .getResponse()
                .getLocation();
        assertAskedOnce(new org.hl7.fhir.r4.model.IdType(last).getIdPart());
    }

    @Test
    @Order(5)
    void reactsOnceToAWriteWithoutARequest() {
        host.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient("p-dao", "1950-01-01"), Vitals.allButPulse("p-dao")))
                .execute();

        var pulse = host.post(
                "/probe/dao",
                RunningHost.FHIR.newJsonParser().encodeResourceToString(Vitals.measured("p-dao", "8867-4", 72)));

        assertOneResult("p-dao");
        assertAskedOnce(pulse);
    }

    @Test
    @Order(6)
    void aStoredResultNotifiesSubscribers() throws IOException {
        var heard = new CopyOnWriteArrayList<String>();
        var listener = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        listener.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        try {
            subscribe("http://localhost:" + listener.getAddress().getPort() + "/hook");

            host.client()
                    .transaction()
                    .withBundle(
                            Vitals.transaction(Vitals.patient("p-heard", "1950-01-01"), Vitals.allButPulse("p-heard")))
                    .execute();
            host.client()
                    .create()
                    .resource(Vitals.measured("p-heard", "8867-4", 72))
                    .execute();

            assertThat(RunningHost.eventually(PATIENCE, () -> heard.stream().findFirst()))
                    .get()
                    .asString()
                    .startsWith("/hook/RiskAssessment/");
        } finally {
            listener.stop(0);
        }
    }

    @Test
    @Order(7)
    void withoutTheFolderTheHostIsAsBefore() throws IOException {
        tables = host.query(OTHER_TABLES);
        host.close();

        host = RunningHost.without(directory, database());

        assertThat(host.probe("storage-hooks") + host.probe("server-hooks") + host.probe("providers"))
                .doesNotContain("org.auspex.interceptors", "org.auspex.operations");
        assertThatThrownBy(() -> predict("p-rest")).isInstanceOf(BaseServerResponseException.class);
        assertThat(host.query(OTHER_TABLES)).isEqualTo(tables);
        host.client()
                .create()
                .resource(Vitals.measured("p-rest", "8867-4", 130))
                .execute();
        assertThat(host.results("", "p-rest")).hasSize(1);
        assertThat(host.logOfAuspex()).isEmpty();
    }

    @Test
    @Order(8)
    void withTheKeysOfTheStarterNothingIsRegisteredTwice() throws IOException {
        host.close();

        host = RunningHost.with(
                directory,
                database(),
                "--hapi.fhir.custom-bean-packages=org.auspex",
                "--hapi.fhir.custom-interceptor-classes=org.auspex.interceptors.notice.NoticeInterceptor,"
                        + "org.auspex.interceptors.deletion.DeletionInterceptor",
                "--hapi.fhir.custom-provider-classes=org.auspex.operations.predict.PredictProvider");

        assertRegisteredOnce();
    }

    @Test
    @Order(9)
    void whatWasStoredMeanwhileIsMadeUpForAndTheOldResultsStand() {
        assertThat(RunningHost.eventually(
                        PATIENCE, () -> Optional.of(host.results("", "p-rest")).filter(results -> results.size() == 2)))
                .as("the pulse of 130 that was stored while the folder was away")
                .isPresent();
        assertThat(predict("p-rest").getEntryFirstRep().getResource()).isInstanceOf(RiskAssessment.class);
        assertThat(host.results("", "p-rest")).hasSize(2);
        assertThat(host.query(OTHER_TABLES)).isEqualTo(tables);
    }

    private static String database() {
        return "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("db").toAbsolutePath()
                + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    private static void assertRegisteredOnce() {
        assertThat(host.probe("storage-hooks"))
                .containsOnlyOnce("org.auspex.interceptors.notice.NoticeInterceptor")
                .containsOnlyOnce("org.auspex.interceptors.deletion.DeletionInterceptor");
        assertThat(host.probe("server-hooks")).doesNotContain("org.auspex");
        assertThat(host.probe("providers")).containsOnlyOnce("org.auspex.operations.predict.PredictProvider");
    }

    private static void assertOneResult(String patient) {
        assertThat(RunningHost.eventually(
                        PATIENCE, () -> host.results("", patient).stream().findFirst()))
                .isPresent();
        assertThat(host.results("", patient)).hasSize(1);
    }

    private static void assertAskedOnce(String observation) {
        assertThat(host.query("select count(*) from auspex_work where kind = 'PREDICT' and model_name = 'news2'"
                        + " and cause = 'Observation/%s/_history/1'".formatted(observation)))
                .containsExactly("1");
    }

    private static Bundle predict(String patient) {
        var answer = host.client()
                .operation()
                .onInstance("Patient/" + patient)
                .named("$predict")
                .withParameter(Parameters.class, "model", new org.hl7.fhir.r4.model.StringType("news2"))
                .returnResourceType(Bundle.class)
                .execute();
        return answer;
    }

    private static void subscribe(String endpoint) {
        var subscription = new Subscription();
        subscription.setStatus(Subscription.SubscriptionStatus.REQUESTED);
        subscription.setReason("a test");
        subscription.setCriteria("RiskAssessment?");
        subscription
                .getChannel()
                .setType(Subscription.SubscriptionChannelType.RESTHOOK)
                .setEndpoint(endpoint)
                .setPayload("application/fhir+json");
        var id = host.client().create().resource(subscription).execute().getId().toUnqualifiedVersionless();
        assertThat(RunningHost.eventually(
                        PATIENCE,
                        () -> Optional.of(host.client()
                                        .read()
                                        .resource(Subscription.class)
                                        .withId(id)
                                        .execute())
                                .filter(stored -> stored.getStatus() == Subscription.SubscriptionStatus.ACTIVE)))
                .isPresent();
    }
}
