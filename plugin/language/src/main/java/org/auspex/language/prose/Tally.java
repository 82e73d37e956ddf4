package org.auspex.language.prose;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.auspex.language.chat.ChatFailure.Reason;
import org.auspex.language.grounding.Verdict.Outcome;

/** Since the start: claims of the language model by verdict, parts of summaries by form, and failures by reason. Thread-safe. */
public final class Tally {

    private final Map<Outcome, LongAdder> claims = zeros(Outcome.class);
    private final Map<Form, LongAdder> parts = zeros(Form.class);
    private final Map<Reason, LongAdder> failures = zeros(Reason.class);

    /** Of one part. */
    public void count(Writing writing) {
        one(parts, writing.form());
        writing.judged().forEach(claim -> count(claim.verdict().outcome()));
        writing.failure().ifPresent(failure -> one(failures, failure.reason()));
    }

    /** Of one claim. */
    public void count(Outcome verdict) {
        one(claims, verdict);
    }

    public long claims(Outcome verdict) {
        return of(claims, verdict);
    }

    public long parts(Form form) {
        return of(parts, form);
    }

    /** Parts that the language model did not tell, or did not tell to the end. */
    public long failures(Reason reason) {
        return of(failures, reason);
    }

    private static <K extends Enum<K>> Map<K, LongAdder> zeros(Class<K> type) {
        var zeros = new EnumMap<K, LongAdder>(type);
        for (var key : type.getEnumConstants()) {
            zeros.put(key, new LongAdder());
        }
        return zeros;
    }

    private static <K> void one(Map<K, LongAdder> counts, K key) {
        Objects.requireNonNull(counts.get(key)).increment();
    }

    private static <K> long of(Map<K, LongAdder> counts, K key) {
        return Objects.requireNonNull(counts.get(key)).sum();
    }
}
