package org.auspex.autoconfigure;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.auspex.language.chat.ChatFailure.Reason;
import org.auspex.language.grounding.Verdict.Outcome;
import org.auspex.language.prose.Form;
import org.auspex.language.prose.Tally;

/** What a language model said, and what became of it. */
record ProseMeters(Tally tally) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var verdict : Outcome.values()) {
            counter("auspex.prose.claims", "verdict", verdict.code(), counts -> counts.claims(verdict))
                    .description("Claims of the language model; only supported ones are shown")
                    .register(registry);
        }
        for (var form : Form.values()) {
            counter("auspex.prose.parts", "form", form.code(), counts -> counts.parts(form))
                    .description("Parts of summaries that were to be told")
                    .register(registry);
        }
        for (var reason : Reason.values()) {
            counter("auspex.prose.failures", "reason", reason.code(), counts -> counts.failures(reason))
                    .description("Parts of summaries that the language model did not tell, or not to the end")
                    .register(registry);
        }
    }

    private FunctionCounter.Builder<Tally> counter(
            String name, String tag, String value, ToDoubleFunction<Tally> count) {
        return FunctionCounter.builder(name, tally, count).tag(tag, value);
    }
}
