package org.auspex.kernel.appraisal.page;

import java.util.List;
import org.auspex.kernel.model.EngineSpec;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Output;

/** The model by its card, and which of its outputs was judged. */
record ModelSection(ModelCard card, Output output) {

    void write(Markup page) {
        page.heading("Model");
        page.table(
                List.of("", "by its card"),
                List.of(
                        List.of("Model and version", card.id().toString()),
                        List.of("Title", card.about().title()),
                        List.of("Intended use", card.about().intendedUse()),
                        List.of(
                                "Licences",
                                "code %s; weights %s"
                                        .formatted(
                                                card.about().codeLicence(),
                                                card.about().weightsLicence())),
                        List.of(
                                "Subject and eligibility",
                                "%s; %s"
                                        .formatted(
                                                card.subjectType(),
                                                card.requirements().eligible().orElse("no condition"))),
                        List.of("Output judged", "%s: %s".formatted(output.name(), output.display())),
                        List.of("Engine", engine(card.engine()))));
    }

    private static String engine(EngineSpec engine) {
        return engine.file()
                .map(weights -> "%s, weights SHA-256 %s".formatted(engine.kind(), weights.sha256()))
                .orElseGet(() -> String.valueOf(engine.kind()));
    }
}
