package org.auspex.commandline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.auspex.commandline.exam.Exam;
import org.auspex.commandline.exam.Prices;
import org.auspex.language.chat.ChatFailure;
import org.auspex.language.chat.Endpoint;
import org.auspex.language.chat.OpenAiChat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts questions with several options to a language model. */
@Command(
        name = "exam",
        description = "Puts questions with several options to a language model and prints its accuracy as JSON.",
        mixinStandardHelpOptions = true)
final class ExamCommand implements Callable<Integer> {

    private static final int INCOMPLETE = 3;
    private static final String KEY = "AUSPEX_CHAT_APIKEY";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--questions",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "JSON lines with question, options, answer_idx and realidx. Each file is a source.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> questions;

    @Option(
            names = "--base-url",
            required = true,
            paramLabel = "URL",
            description = "An OpenAI-compatible endpoint, such as http://localhost:8000/v1. Its key: " + KEY + ".")
    @SuppressWarnings("NullAway.Init")
    private String baseUrl;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "The model's name there.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Results as JSON lines. What is in it already is not asked again.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--limit", paramLabel = "N", description = "Questions of each file; default all.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--timeout", description = "Of one attempt; default ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofMinutes(2);

    @Option(names = "--concurrency", description = "Questions at once; default ${DEFAULT-VALUE}.")
    private int concurrency = 4;

    @Option(names = "--retries", description = "After failures that may pass; default ${DEFAULT-VALUE}.")
    private int retries = 3;

    @Option(names = "--max-tokens", description = "Of one answer; default ${DEFAULT-VALUE}.")
    private int maxTokens = 1024;

    @Option(names = "--temperature", description = "Default ${DEFAULT-VALUE}.")
    private double temperature;

    @Option(names = "--seed", description = "For endpoints that can repeat themselves; default none.")
    private @Nullable Integer seed;

    @Option(names = "--price-in", description = "Of a million tokens that are read; default ${DEFAULT-VALUE}.")
    private double priceIn;

    @Option(names = "--price-out", description = "Of a million tokens that are written; default ${DEFAULT-VALUE}.")
    private double priceOut;

    @Override
    public Integer call() throws IOException {
        try {
            if (limit < 1) {
                throw new IllegalArgumentException("--limit is %d; it must be 1 or more.".formatted(limit));
            }
            var exam = new Exam(new OpenAiChat(endpoint()), model, concurrency);
            var report = exam.of(questions, limit, out, new Prices(priceIn, priceOut));
            spec.commandLine()
                    .getOut()
                    .println(new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(report));
            return report.isComplete() ? 0 : INCOMPLETE;
        } catch (IllegalArgumentException | ChatFailure e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private Endpoint endpoint() {
        return new Endpoint(
                URI.create(baseUrl),
                model,
                Optional.ofNullable(System.getenv(KEY)),
                new Endpoint.Limits(timeout, concurrency, retries),
                new Endpoint.Generation(maxTokens, temperature, Optional.ofNullable(seed)));
    }
}
