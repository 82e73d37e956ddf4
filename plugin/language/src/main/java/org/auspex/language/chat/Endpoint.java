package org.auspex.language.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where a model is asked, and how.
 *
 * @param baseUrl up to the version, such as {@code http://localhost:8000/v1}
 * @param model its name there
 * @param apiKey sent as a bearer token
 */
public record Endpoint(URI baseUrl, String model, Optional<String> apiKey, Limits limits, Generation generation) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * @param timeout of one attempt, from the connection to the last byte
     * @param concurrency questions at once; further callers wait as long as one attempt may take
     * @param retries after failures that may pass
     */
    public record Limits(Duration timeout, int concurrency, int retries) {

        private static final Duration LONGEST = Duration.ofHours(1);
        private static final int MOST_AT_ONCE = 256;
        private static final int MOST_RETRIES = 10;

        public Limits {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
                throw refused(Setting.TIMEOUT, timeout, "a time of at most %s, such as PT2M".formatted(LONGEST));
            }
            requireBetween(Setting.CONCURRENCY, concurrency, 1, MOST_AT_ONCE);
            requireBetween(Setting.RETRIES, retries, 0, MOST_RETRIES);
        }
    }

    /**
     * @param maxTokens of one answer
     * @param temperature 0 for the likeliest words
     * @param seed for endpoints that can repeat themselves
     */
    public record Generation(int maxTokens, double temperature, Optional<Integer> seed) {

        private static final int MOST_TOKENS = 131_072;
        private static final double HOTTEST = 2;

        public Generation {
            requireBetween(Setting.MAX_TOKENS, maxTokens, 1, MOST_TOKENS);
            if (!(temperature >= 0 && temperature <= HOTTEST)) {
                throw refused(Setting.TEMPERATURE, temperature, "a number from 0 to 2");
            }
        }
    }

    public Endpoint {
        if (baseUrl.getScheme() == null || !SCHEMES.contains(baseUrl.getScheme()) || baseUrl.getHost() == null) {
            throw refused(Setting.BASE_URL, baseUrl, "an address such as http://localhost:8000/v1");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null) {
            throw new IllegalArgumentException("%s has a password or a query. Leave them out; a key belongs in %s."
                    .formatted(Setting.BASE_URL, Setting.API_KEY));
        }
        if (model.isBlank()) {
            throw refused(Setting.MODEL, model, "a name that the endpoint lists under /models");
        }
        if (apiKey.filter(key -> key.isBlank() || !key.chars().allMatch(sign -> sign > ' ' && sign < 127))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "%s is empty or has signs that no header may have. Correct it, or leave it out for an endpoint that needs none."
                            .formatted(Setting.API_KEY));
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s at %s".formatted(model, baseUrl);
    }

    private static void requireBetween(Setting setting, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(setting, value, "a number from %d to %d".formatted(least, most));
        }
    }

    private static IllegalArgumentException refused(Setting setting, Object value, String wanted) {
        return new IllegalArgumentException("%s is '%s'; it must be %s.".formatted(setting, value, wanted));
    }
}
