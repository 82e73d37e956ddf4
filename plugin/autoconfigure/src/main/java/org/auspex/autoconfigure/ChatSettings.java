package org.auspex.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.auspex.language.chat.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a language model is asked; docs/configuration.md explains each.
 *
 * @param baseUrl of an OpenAI-compatible endpoint; without it none is asked
 * @param model its name there
 * @param timeout of one attempt
 * @param concurrency questions at once
 * @param retries after failures that may pass
 * @param maxTokens of one answer
 * @param seed for endpoints that can repeat themselves
 * @param entailment whether the model is also asked about each of its claims
 */
record ChatSettings(
        @Nullable String baseUrl,
        @Nullable String model,
        @Nullable String apiKey,
        @DefaultValue("PT2M") Duration timeout,
        @DefaultValue("4") int concurrency,
        @DefaultValue("2") int retries,
        @DefaultValue("2048") int maxTokens,
        @DefaultValue("0") double temperature,
        @Nullable Integer seed,
        @DefaultValue("false") boolean entailment) {

    /** @throws IllegalArgumentException for a setting that is out of its limits, or one without its companion */
    Optional<Endpoint> endpoint() {
        if (baseUrl == null && model == null && apiKey == null) {
            return Optional.empty();
        }
        if (baseUrl == null || model == null) {
            throw new IllegalArgumentException(
                    "auspex.chat.base-url and auspex.chat.model go together, but %s is not set. Set it, or neither of them and no auspex.chat.api-key."
                            .formatted(baseUrl == null ? "the first" : "the second"));
        }
        return Optional.of(new Endpoint(
                URI.create(baseUrl),
                model,
                Optional.ofNullable(apiKey),
                new Endpoint.Limits(timeout, concurrency, retries),
                new Endpoint.Generation(maxTokens, temperature, Optional.ofNullable(seed))));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s at %s".formatted(model, baseUrl);
    }
}
