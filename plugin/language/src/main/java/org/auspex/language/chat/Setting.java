package org.auspex.language.chat;

import java.util.Locale;

/** A setting by the names under which operators know it. */
enum Setting {
    BASE_URL,
    MODEL,
    API_KEY,
    TIMEOUT,
    CONCURRENCY,
    RETRIES,
    MAX_TOKENS,
    TEMPERATURE;

    @Override
    public String toString() {
        var name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return this == API_KEY
                ? "auspex.chat.api-key (or AUSPEX_CHAT_APIKEY)"
                : "auspex.chat.%s (or --%s)".formatted(name, name);
    }
}
