package org.auspex.language.chat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.auspex.language.chat.ChatFailure.Reason;

/** What an endpoint means by a status other than success. Its words are not repeated: some endpoints send back what they were asked. */
final class Statuses {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    private Statuses() {}

    static ChatFailure failure(Endpoint endpoint, int status, HttpHeaders headers) {
        var reason = reason(status);
        return new ChatFailure(
                reason,
                "%s answered %d. %s".formatted(endpoint, status, remedy(reason)),
                retryAfter(headers).orElse(null));
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401, 403 -> Reason.UNAUTHORISED;
            case 404 -> Reason.NOT_FOUND;
            case 408 -> Reason.TIMEOUT;
            case 429, 503 -> Reason.OVERLOADED;
            default -> status >= 500 ? Reason.SERVER_FAULT : status >= 400 ? Reason.REJECTED : Reason.MALFORMED;
        };
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case UNAUTHORISED -> "Check %s.".formatted(Setting.API_KEY);
            case NOT_FOUND ->
                "It has no such model, or its chat completions are elsewhere: check %s and %s."
                        .formatted(Setting.MODEL, Setting.BASE_URL);
            case OVERLOADED -> "Lower %s, or ask later.".formatted(Setting.CONCURRENCY);
            case REJECTED ->
                "The question with its answer may be longer than the model's context: lower %s, or see the endpoint's log."
                        .formatted(Setting.MAX_TOKENS);
            case MALFORMED -> "That is no chat endpoint: check %s.".formatted(Setting.BASE_URL);
            default -> "See the endpoint's own log.";
        };
    }

    /** Seconds only: an endpoint that gives a date is asked again after the usual wait. */
    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .map(String::strip)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
