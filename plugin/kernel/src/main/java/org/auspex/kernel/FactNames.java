package org.auspex.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.BiConsumer;
import org.auspex.kernel.evidence.NoteReader;
import org.auspex.kernel.model.CardRule;

/** What a card reads documents for must be something that the reader of documents knows, or it would be missing for ever. */
public final class FactNames implements CardRule {

    private final NoteReader notes;

    public FactNames(NoteReader notes) {
        this.notes = notes;
    }

    @Override
    public void check(JsonNode card, BiConsumer<String, String> report) {
        var inputs = card.path("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            var at = "/inputs/" + i;
            fact(inputs.get(i), at, report);
            for (int j = 0; j < inputs.get(i).path("sources").size(); j++) {
                fact(inputs.get(i).path("sources").get(j), at + "/sources/" + j, report);
            }
        }
        outputs(card.path("outputs"), report);
    }

    private void outputs(JsonNode outputs, BiConsumer<String, String> report) {
        for (int i = 0; i < outputs.size(); i++) {
            for (int j = 0; j < outputs.get(i).path("facts").size(); j++) {
                fact(outputs.get(i).path("facts").get(j), "/outputs/%d/facts/%d".formatted(i, j), report);
            }
        }
    }

    private void fact(JsonNode source, String at, BiConsumer<String, String> report) {
        var named = source.path("fact");
        if (named.isTextual()) {
            notes.problem(named.asText()).ifPresent(problem -> report.accept(at + "/fact", problem));
        }
    }
}
