package org.auspex.language.chat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.auspex.language.chat.ChatFailure.Reason;

/** Asks an endpoint that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, TGI, or OpenAI itself. Logs nothing. */
public final class OpenAiChat implements Chat {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Endpoint endpoint;
    private final OpenAiChatModel model;
    private final Semaphore places;
    private final Waits waits;

    public OpenAiChat(Endpoint endpoint) {
        this(endpoint, duration -> Thread.sleep(duration.toMillis()));
    }

    OpenAiChat(Endpoint endpoint, Waits waits) {
        this.endpoint = endpoint;
        this.waits = waits;
        this.places = new Semaphore(endpoint.limits().concurrency(), true);
        this.model = model(endpoint);
    }

    private static OpenAiChatModel model(Endpoint endpoint) {
        var generation = endpoint.generation();
        return OpenAiChatModel.builder()
                .httpClientBuilder(new Transport.Builder(new Transport(endpoint)))
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey().orElse(null))
                .modelName(endpoint.model())
                .maxTokens(generation.maxTokens())
                .temperature(generation.temperature())
                .seed(generation.seed().orElse(null))
                .maxRetries(0)
                .build();
    }

    @Override
    public String model() {
        return endpoint.model();
    }

    @Override
    public Reply ask(Prompt prompt) {
        enter();
        try {
            return insist(prompt, System.nanoTime());
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            places.release();
        }
    }

    private void enter() {
        var timeout = endpoint.limits().timeout();
        try {
            if (!places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ChatFailure(
                        Reason.BUSY,
                        "%s is asked %d questions at once, and none was answered within %s. Raise %s if it can bear more, or ask later."
                                .formatted(endpoint, endpoint.limits().concurrency(), timeout, Setting.CONCURRENCY));
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private ChatFailure interrupted() {
        Thread.currentThread().interrupt();
        return new ChatFailure(Reason.INTERRUPTED, "The question to %s was interrupted.".formatted(endpoint));
    }

    /** An endpoint that wants to be left alone for longer than an attempt may take is not waited for. */
    private Reply insist(Prompt prompt, long since) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                return reply(prompt, answer(prompt), since);
            } catch (ChatFailure failure) {
                var wait = failure.retryAfter().orElse(backoff(attempt));
                if (!failure.reason().isPassing()
                        || attempt == endpoint.limits().retries()
                        || wait.compareTo(endpoint.limits().timeout()) > 0) {
                    throw failure;
                }
                waits.pass(wait);
            }
        }
    }

    private Duration backoff(int attempt) {
        var wait = FIRST_WAIT.multipliedBy(1L << attempt);
        var timeout = endpoint.limits().timeout();
        return wait.compareTo(timeout) < 0 ? wait : timeout;
    }

    /** What the library throws at an answer that breaks the protocol quotes that answer, so it is no cause of the failure. */
    private ChatResponse answer(Prompt prompt) {
        try {
            return model.chat(SystemMessage.from(prompt.instructions()), UserMessage.from(prompt.input()));
        } catch (ChatFailure failure) {
            throw failure;
        } catch (ContentFilteredException e) {
            throw refused();
        } catch (UnresolvedModelServerException e) {
            throw new ChatFailure(
                    Reason.UNREACHABLE, "%s has an unknown host. Check %s.".formatted(endpoint, Setting.BASE_URL));
        } catch (InternalServerException e) {
            throw new ChatFailure(
                    Reason.EMPTY, "%s answered without the one choice that was asked for.".formatted(endpoint));
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            throw new ChatFailure(
                    Reason.MALFORMED,
                    "%s answered what is no chat completion (%s). Check %s."
                            .formatted(endpoint, kind(e), Setting.BASE_URL));
        }
    }

    private static String kind(RuntimeException e) {
        return Optional.ofNullable(e.getCause()).orElse(e).getClass().getSimpleName();
    }

    private Reply reply(Prompt prompt, ChatResponse answer, long since) {
        requireComplete(answer.finishReason());
        var text = answer.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new ChatFailure(
                    Reason.EMPTY,
                    "%s answered without a word. A model that thinks aloud may need a larger %s."
                            .formatted(endpoint, Setting.MAX_TOKENS));
        }
        return new Reply(
                prompt,
                text.strip(),
                endpoint.model(),
                Optional.ofNullable(answer.modelName()).orElse(endpoint.model()),
                Optional.ofNullable(((OpenAiChatResponseMetadata) answer.metadata()).systemFingerprint()),
                usage(answer),
                Duration.ofNanos(System.nanoTime() - since));
    }

    private void requireComplete(FinishReason reason) {
        if (reason == FinishReason.LENGTH) {
            throw new ChatFailure(
                    Reason.CUT_SHORT,
                    "%s had not come to an end after %d tokens. Raise %s."
                            .formatted(endpoint, endpoint.generation().maxTokens(), Setting.MAX_TOKENS));
        }
        if (reason == FinishReason.CONTENT_FILTER) {
            throw refused();
        }
        if (reason != FinishReason.STOP) {
            throw new ChatFailure(Reason.MALFORMED, "%s does not say that its answer is complete.".formatted(endpoint));
        }
    }

    private ChatFailure refused() {
        return new ChatFailure(
                Reason.REFUSED,
                "%s declines to answer. Another %s may not, or its filter must be set."
                        .formatted(endpoint, Setting.MODEL));
    }

    private static Optional<Reply.Usage> usage(ChatResponse answer) {
        return Optional.ofNullable(answer.tokenUsage())
                .filter(usage -> usage.inputTokenCount() != null && usage.outputTokenCount() != null)
                .map(usage -> new Reply.Usage(usage.inputTokenCount(), usage.outputTokenCount()));
    }
}
