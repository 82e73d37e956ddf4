package org.auspex.language.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.auspex.language.chat.ChatFailure.Reason;
import org.auspex.language.chat.StandIn.Manner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The client against an endpoint that is well, and against endpoints that are not. */
class OpenAiChatTest {

    private static final String SECRET = "the patient Zhang has chest pain";
    private static final Prompt PROMPT = new Prompt("prose", "1", "Say it in other words.", SECRET);

    private final StandIn standIn = new StandIn();
    private final List<Duration> waits = new ArrayList<>();

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void answersWithAllThatMustBeKept() {
        standIn.then(StandIn.says(" Chest pain. "));

        var reply = chat(standIn.endpoint()).ask(PROMPT);

        assertThat(reply.text()).isEqualTo("Chest pain.");
        assertThat(reply.prompt()).isEqualTo(PROMPT);
        assertThat(reply.requested()).isEqualTo(StandIn.MODEL);
        assertThat(reply.served()).isEqualTo("stand-in-2026-01");
        assertThat(reply.fingerprint()).contains("fp_1");
        assertThat(reply.usage()).contains(new Reply.Usage(StandIn.INPUT_TOKENS, StandIn.OUTPUT_TOKENS));
        assertThat(reply.took()).isPositive();
    }

    @Test
    void asksByTheProtocol() {
        standIn.then(StandIn.says("Yes."));

        chat(standIn.endpoint()).ask(PROMPT);

        var request = standIn.requests().get(0);
        assertThat(request.path("model").asText()).isEqualTo(StandIn.MODEL);
        assertThat(request.path("temperature").asDouble(-1)).isZero();
        assertThat(request.path("seed").asInt()).isEqualTo(1);
        assertThat(request.path("max_tokens").asInt()).isEqualTo(500);
        assertThat(request.path("stream").asBoolean()).isFalse();
        assertThat(request.at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(request.at("/messages/0/content").asText()).isEqualTo(PROMPT.instructions());
        assertThat(request.at("/messages/1/role").asText()).isEqualTo("user");
        assertThat(request.at("/messages/1/content").asText()).isEqualTo(SECRET);
        assertThat(standIn.keys()).containsExactly("Bearer " + StandIn.KEY);
    }

    @Test
    void sendsNoKeyWhereNoneIsSet() {
        standIn.then(StandIn.says("Yes."));
        var endpoint = standIn.endpoint();

        chat(new Endpoint(
                        endpoint.baseUrl(),
                        endpoint.model(),
                        Optional.empty(),
                        endpoint.limits(),
                        endpoint.generation()))
                .ask(PROMPT);

        assertThat(standIn.keys()).containsExactly("");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("malformed", StandIn.sends("{\"choices\": [" + SECRET), Reason.MALFORMED, "base-url"),
                Arguments.of("another protocol", StandIn.sends("[]"), Reason.MALFORMED, "base-url"),
                Arguments.of("no body", StandIn.sends(""), Reason.MALFORMED, "base-url"),
                Arguments.of("no message", StandIn.sends("{\"choices\": [{}]}"), Reason.MALFORMED, "base-url"),
                Arguments.of("no choices", StandIn.sends("{\"choices\": []}"), Reason.EMPTY, "choice"),
                Arguments.of("blank", StandIn.says("  "), Reason.EMPTY, "max-tokens"),
                Arguments.of("truncated", StandIn.breaksOff(SECRET), Reason.UNREACHABLE, "base-url"),
                Arguments.of("too long", StandIn.ends(SECRET, "length"), Reason.CUT_SHORT, "max-tokens"),
                Arguments.of("filtered", StandIn.ends("", "content_filter"), Reason.REFUSED, "model"),
                Arguments.of("refusal", StandIn.refuses("I cannot say " + SECRET), Reason.REFUSED, "model"),
                Arguments.of("unfinished", StandIn.ends(SECRET, "tool_calls"), Reason.MALFORMED, "complete"),
                Arguments.of("401", StandIn.fails(401), Reason.UNAUTHORISED, "api-key"),
                Arguments.of("404", StandIn.fails(404), Reason.NOT_FOUND, "auspex.chat.model"),
                Arguments.of("400", StandIn.fails(400), Reason.REJECTED, "max-tokens"),
                Arguments.of("429", StandIn.fails(429), Reason.OVERLOADED, "concurrency"),
                Arguments.of("500", StandIn.fails(500), Reason.SERVER_FAULT, "log"),
                Arguments.of("redirect", StandIn.fails(302, "Location", "/"), Reason.MALFORMED, "base-url"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void saysWhatWentWrongAndWhatToDo(String name, Manner manner, Reason reason, String remedy) {
        standIn.then(manner);

        var failure = failure(chat(standIn.endpoint()));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(remedy).hasMessageContaining("stand-in at http://localhost:");
        assertThat(stackTrace(failure)).doesNotContain("Zhang").doesNotContain(StandIn.KEY);
        assertThat(standIn.requests()).hasSize(reason.isPassing() ? 3 : 1);
    }

    @Test
    void waitsNoLongerThanItMayAlsoWhereAnAnswerDrips() {
        standIn.then(
                StandIn.after(Duration.ofSeconds(5), StandIn.says("Late.")), StandIn.drips(Duration.ofMillis(50), 100));
        var chat = chat(standIn.endpoint(new Endpoint.Limits(Duration.ofMillis(300), 1, 2)));

        for (int i = 0; i < 2; i++) {
            var failure = failure(chat);
            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure).hasMessageContaining("PT0.3S").hasMessageContaining("auspex.chat.timeout");
        }
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        standIn.then(StandIn.sends("x".repeat(17 * 1024 * 1024)));

        assertThat(failure(chat(standIn.endpoint())).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void saysWhereNobodyAnswers() {
        var endpoint = standIn.endpoint();
        standIn.close();

        var failure = failure(chat(endpoint));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("auspex.chat.base-url").hasMessageContaining("ConnectException");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void triesAgainWhatMayPass() {
        standIn.then(StandIn.fails(500), StandIn.breaksOff("Chest"), StandIn.says("Chest pain."));

        assertThat(chat(standIn.endpoint()).ask(PROMPT).text()).isEqualTo("Chest pain.");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        standIn.then(StandIn.fails(429, "Retry-After", "7"), StandIn.says("Chest pain."));

        assertThat(chat(standIn.endpoint()).ask(PROMPT).text()).isEqualTo("Chest pain.");
        assertThat(waits).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitLongerThanAnAttemptMayTake() {
        standIn.then(StandIn.fails(429, "Retry-After", "3600"));

        var failure = failure(chat(standIn.endpoint()));

        assertThat(failure.retryAfter()).contains(Duration.ofHours(1));
        assertThat(standIn.requests()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void asksNoMoreAtOnceThanItMay() {
        standIn.then(StandIn.after(Duration.ofMillis(50), StandIn.says("Yes.")));
        var chat = chat(standIn.endpoint());
        var callers = Executors.newFixedThreadPool(10);

        var replies = IntStream.range(0, 10)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> chat.ask(PROMPT), callers))
                .toList();

        assertThat(replies).allSatisfy(reply -> assertThat(reply.join().text()).isEqualTo("Yes."));
        assertThat(standIn.mostInside()).isLessThanOrEqualTo(2);
        callers.shutdown();
    }

    @Test
    void turnsCallersAwayWhoWaitedTooLong() throws InterruptedException {
        var place = new java.util.concurrent.CountDownLatch(1);
        standIn.then((exchange, request) -> {
            place.countDown();
            StandIn.after(Duration.ofSeconds(2), StandIn.says("Yes.")).answer(exchange, request);
        });
        var chat = chat(standIn.endpoint(new Endpoint.Limits(Duration.ofMillis(1500), 1, 0)));
        var first = CompletableFuture.supplyAsync(() -> failure(chat));
        place.await();
        var quick = Executors.newFixedThreadPool(3);

        var others = IntStream.range(0, 3)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> failure(chat), quick))
                .toList();

        assertThat(first.join().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(others.stream().map(CompletableFuture::join).map(ChatFailure::reason))
                .contains(Reason.BUSY);
        quick.shutdown();
    }

    @Test
    void endsWhereItIsInterruptedWhileTheModelThinks() throws InterruptedException {
        var asked = new java.util.concurrent.CountDownLatch(1);
        standIn.then((exchange, request) -> {
            asked.countDown();
            StandIn.after(Duration.ofSeconds(8), StandIn.says("Yes.")).answer(exchange, request);
        });
        var chat = chat(standIn.endpoint());

        assertInterrupted(chat, asked);
    }

    @Test
    void endsWhereItIsInterruptedWhileItWaitsToTryAgain() throws InterruptedException {
        var waiting = new java.util.concurrent.CountDownLatch(1);
        standIn.then(StandIn.fails(503));
        var chat = new OpenAiChat(standIn.endpoint(), wait -> {
            waiting.countDown();
            Thread.sleep(Duration.ofSeconds(30).toMillis());
        });

        assertInterrupted(chat, waiting);
    }

    /** Interrupts whoever asks, once it has come so far. */
    private static void assertInterrupted(Chat chat, java.util.concurrent.CountDownLatch far)
            throws InterruptedException {
        var failure = new java.util.concurrent.CompletableFuture<ChatFailure>();
        var stillInterrupted = new java.util.concurrent.CompletableFuture<Boolean>();
        var caller = new Thread(() -> {
            failure.complete(failure(chat));
            stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        far.await();

        caller.interrupt();

        assertThat(failure.join().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(failure.join().reason().isPassing()).isFalse();
        assertThat(stillInterrupted.join()).isTrue();
        caller.join();
    }

    @Test
    void logsNothingOfWhatIsAskedOrAnswered() {
        var events = new ListAppender<ILoggingEvent>();
        events.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var jdkLines = new ArrayList<String>();
        var jdk = java.util.logging.Logger.getLogger("");
        var handler = collecting(jdkLines);
        root.setLevel(Level.TRACE);
        root.addAppender(events);
        jdk.setLevel(java.util.logging.Level.ALL);
        jdk.addHandler(handler);
        try {
            root.trace("heard");
            standIn.then(
                    StandIn.fails(500), StandIn.sends("{" + SECRET), StandIn.says(SECRET), StandIn.refuses(SECRET));
            chat(standIn.endpoint()).ask(PROMPT);
            failure(chat(standIn.endpoint()));
        } finally {
            root.detachAppender(events);
            jdk.removeHandler(handler);
            jdk.setLevel(java.util.logging.Level.INFO);
        }

        assertThat(events.list).extracting(ILoggingEvent::getFormattedMessage).contains("heard");
        assertThat(events.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(OpenAiChatTest::tells);
        assertThat(jdkLines).noneMatch(OpenAiChatTest::tells);
    }

    private static boolean tells(String line) {
        return line.contains("Zhang") || line.contains(StandIn.KEY) || line.contains(PROMPT.instructions());
    }

    @Test
    void showsNeitherWordsNorKeyWhenPrinted() {
        standIn.then(StandIn.says(SECRET));

        var reply = chat(standIn.endpoint()).ask(PROMPT);

        assertThat(List.of(
                        reply.toString(), PROMPT.toString(), standIn.endpoint().toString()))
                .noneMatch(OpenAiChatTest::tells);
    }

    @Test
    void asksUnderAnUnknownHostInVain() {
        var endpoint = standIn.endpoint();
        var elsewhere = new Endpoint(
                URI.create("http://no-such-host.invalid/v1"),
                endpoint.model(),
                Optional.empty(),
                new Endpoint.Limits(Duration.ofSeconds(20), 1, 0),
                endpoint.generation());

        assertThat(failure(chat(elsewhere)).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    private OpenAiChat chat(Endpoint endpoint) {
        return new OpenAiChat(endpoint, waits::add);
    }

    private static ChatFailure failure(Chat chat) {
        return catchThrowableOfType(ChatFailure.class, () -> chat.ask(PROMPT));
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Handler collecting(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(String.valueOf(line.getMessage()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
