package org.auspex.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.topic.R4SubscriptionTopicBuilder;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.subscription.SubscriptionConstants;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
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
                    + " and lower(table_name) not like 'auspex%' and lower(table_name) not in"
                    + " ('flyway_schema_history', 'host_own') order by 1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningHost host;

    private static List<String> tables = List.of();
    private static String web = "";

    @BeforeAll
    static void moveIn() throws IOException {
        host = RunningHost.with(
                directory, database(), "--hapi.fhir.subscription.resthook_enabled=true", "--host.topics=true");
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
    @Order(2)
    void isInNoCircleOfBeans() {
        assertThat(host.probe("cycles"))
                .as("HAPI's own circle is seen, and none of ours")
                .contains("searchParamRegistry")
                .doesNotContain("auspex");
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
        try (var listener = new Listener()) {
            subscribe(subscription("RiskAssessment?", listener.url()));

            storeAll("p-heard");

            assertThat(listener.heard("/hook/RiskAssessment/", PATIENCE)).isPresent();
        }
    }

    @Test
    @Order(6)
    void aStoredResultNotifiesSubscribersOfATopic() throws IOException {
        try (var listener = new Listener()) {
            host.client()
                    .update()
                    .resource(new R4SubscriptionTopicBuilder()
                            .setId("results")
                            .setUrl("http://example.org/topic/results")
                            .setStatus(Enumerations.PublicationStatus.ACTIVE)
                            .addResourceTrigger()
                            .setResourceTriggerResource("RiskAssessment")
                            .addResourceTriggerSupportedInteraction("create")
                            .build())
                    .execute();
            var subscription = subscription("http://example.org/topic/results", listener.url());
            subscription.getMeta().addProfile(SubscriptionConstants.SUBSCRIPTION_TOPIC_PROFILE_URL);
            subscription
                    .getCriteriaElement()
                    .addExtension(
                            SubscriptionConstants.SUBSCRIPTION_TOPIC_FILTER_URL,
                            new StringType("RiskAssessment?patient=Patient/p-topic"));
            subscribe(subscription);

            storeAll("p-topic");

            // HAPI looks for new topics once a minute, and what was stored before is not told.
            var pulse = new AtomicInteger(72);
            assertThat(RunningHost.eventually(Duration.ofMinutes(3), () -> {
                        host.client()
                                .create()
                                .resource(Vitals.measured("p-topic", "8867-4", pulse.incrementAndGet()))
                                .execute();
                        return listener.heard("RiskAssessment/", Duration.ofSeconds(10));
                    }))
                    .get()
                    .asString()
                    .contains("http://example.org/topic/results", "Patient/p-topic");
        }
    }

    @Test
    @Order(7)
    void predictIsAToolOfTheHost() {
        var tools = host.tools();

        assertThat(tools.names()).containsExactlyInAnyOrder("host", "predict");
        var answer = tools.call("predict", Map.of("subject", "Patient/p-rest", "model", List.of("news2")));
        assertThat(answer.isError()).isFalse();
        var bundle = (Bundle) RunningHost.FHIR.newJsonParser().parseResource(answer.text());
        assertThat(bundle.getEntryFirstRep().getFullUrl())
                .isEqualTo(host.url("/fhir/RiskAssessment/")
                        + bundle.getEntryFirstRep().getResource().getIdElement().getIdPart());
        assertThat(host.results("", "p-rest")).hasSize(1);
    }

    @Test
    @Order(8)
    void theToolSaysWhatIsWrong() {
        var tools = host.tools();

        assertThat(tools.call("predict", Map.of("subject", "Patient/nobody")))
                .isEqualTo(new Tools.Result(
                        true, "$predict answered 404: " + outcome("Patient/nobody is not on this server")));
        assertThat(tools.call("predict", Map.of("subject", "Patient/p-rest", "modle", "news2"))
                        .text())
                .contains("400", "Parameter 'modle' is unknown; known are");
        assertThat(tools.call("predict", Map.of()).text()).contains("400", "Name a subject");
    }

    @Test
    @Order(9)
    void whoeverCallsTheToolMayDoNoMoreThanByRest() {
        var answer = host.tools("Authorization", "Bearer nobody")
                .call("predict", Map.of("subject", "Patient/p-rest", "model", List.of("news2")));

        assertThat(answer.isError()).isTrue();
        assertThat(answer.text()).startsWith("$predict answered 403").contains("nobody may do anything");
    }

    @Test
    @Order(10)
    void withoutTheFolderTheHostIsAsBefore() throws IOException {
        tables = host.query(OTHER_TABLES);
        web = host.probe("web").replace("\"filter auspexMcpCallers [/mcp/messages]\",", "");
        host.close();

        host = RunningHost.without(directory, database());

        assertThat(host.probe("storage-hooks") + host.probe("server-hooks") + host.probe("providers"))
                .doesNotContain("org.auspex.interceptors", "org.auspex.operations");
        assertThatThrownBy(() -> predict("p-rest")).isInstanceOf(BaseServerResponseException.class);
        assertThat(host.query(OTHER_TABLES)).isEqualTo(tables);
        assertThat(host.probe("web")).isEqualTo(web).contains("actuator healthEndpoint", "servlet dispatcherServlet");
        assertThat(host.tools().names()).containsExactly("host");
        host.client()
                .create()
                .resource(Vitals.measured("p-rest", "8867-4", 130))
                .execute();
        assertThat(host.results("", "p-rest")).hasSize(1);
        assertThat(host.logOfAuspex()).isEmpty();
    }

    @Test
    @Order(11)
    void withTheKeysOfTheStarterNothingIsRegisteredTwice() throws IOException {
        host.close();

        host = RunningHost.with(
                directory,
                database(),
                "--hapi.fhir.custom-bean-packages=org.auspex",
                "--hapi.fhir.custom-interceptor-classes=org.auspex.interceptors.notice.NoticeInterceptor,"
                        + "org.auspex.interceptors.deletion.DeletionInterceptor",
                "--hapi.fhir.custom-provider-classes=org.auspex.operations.predict.PredictProvider",
                "--auspex.mcp.enabled=false",
                "--spring.flyway.enabled=true",
                "--spring.flyway.baseline-on-migrate=true",
                "--spring.flyway.baseline-version=0");

        assertRegisteredOnce();
        assertThat(host.tools().names()).as("switched off").containsExactly("host");
    }

    @Test
    @Order(13)
    void theHostsOwnMigrationsAreKeptApartFromOurs() {
        assertThat(host.query("select \"script\" from \"flyway_schema_history\" where \"type\" = 'SQL'"))
                .containsExactly("V1__host.sql");
        assertThat(host.query("select \"script\" from \"auspex_schema_history\" where \"type\" = 'SQL' order by 1"))
                .contains("V1__worklist.sql", "V2__results.sql")
                .doesNotContain("V1__host.sql");
    }

    @Test
    @Order(12)
    void whatWasStoredMeanwhileIsMadeUpForAndTheOldResultsStand() {
        assertThat(RunningHost.eventually(
                        PATIENCE, () -> Optional.of(host.results("", "p-rest")).filter(results -> results.size() == 2)))
                .as("the pulse of 130 that was stored while the folder was away")
                .isPresent();
        assertThat(predict("p-rest").getEntryFirstRep().getResource()).isInstanceOf(RiskAssessment.class);
        assertThat(host.results("", "p-rest")).hasSize(2);
        assertThat(host.query(OTHER_TABLES)).isEqualTo(tables);
    }

    private static String outcome(String diagnostics) {
        return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"processing\",\"diagnostics\":\"%s\"}]}"
                .formatted(diagnostics);
    }

    private static String database() {
        return "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("db").toAbsolutePath()
                + ";DB_CLOSE_ON_EXIT=FALSE";
    }

    private static void assertRegisteredOnce() {
        assertThat(host.probe("storage-hooks"))
                .containsOnlyOnce("org.auspex.interceptors.notice.NoticeInterceptor")
                .containsOnlyOnce("org.auspex.interceptors.deletion.DeletionInterceptor");
        assertThat(host.probe("server-hooks")).doesNotContain("org.auspex.interceptors");
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

    private static void storeAll(String patient) {
        host.client()
                .transaction()
                .withBundle(Vitals.transaction(Vitals.patient(patient, "1950-01-01"), Vitals.allButPulse(patient)))
                .execute();
        host.client().create().resource(Vitals.measured(patient, "8867-4", 72)).execute();
    }

    private static Subscription subscription(String criteria, String endpoint) {
        var subscription = new Subscription();
        subscription.setStatus(Subscription.SubscriptionStatus.REQUESTED);
        subscription.setReason("a test");
        subscription.setCriteria(criteria);
        subscription
                .getChannel()
                .setType(Subscription.SubscriptionChannelType.RESTHOOK)
                .setEndpoint(endpoint)
                .setPayload("application/fhir+json");
        return subscription;
    }

    private static void subscribe(Subscription subscription) {
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

    /** Whom a subscription notifies. */
    private static final class Listener implements AutoCloseable {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);

        Listener() throws IOException {
            server.createContext("/", exchange -> {
                heard.add(exchange.getRequestURI().getPath() + " "
                        + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort() + "/hook";
        }

        /** The first message that says something. */
        Optional<String> heard(String text, Duration patience) {
            return RunningHost.eventually(
                    patience,
                    () -> heard.stream()
                            .filter(message -> message.contains(text))
                            .findFirst());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
