package org.auspex.worklist;

import java.util.stream.Collectors;
import org.auspex.kernel.Models;
import org.auspex.kernel.model.ModelCard;

/** Gives up questions for models that no server serves any more, so that they do not wait unseen for ever. */
final class Unserved {

    private final Claims claims;
    private final Models models;
    private final Retries retries;
    private final WorkSettings settings;

    Unserved(Claims claims, WorkSettings settings, Tasks tasks, Models models) {
        this.claims = claims;
        this.models = models;
        this.retries = new Retries(claims, settings, new Endings(claims, tasks.failures()));
        this.settings = settings;
    }

    void look() {
        var served =
                models.asked().stream().map(ModelCard::id).map(id -> id.name()).toList();
        claims.unserved().stream().filter(name -> !served.contains(name)).forEach(this::giveUp);
    }

    private void giveUp(String name) {
        for (var works = claims.claim(Question.Kind.PREDICT, name);
                !works.isEmpty();
                works = claims.claim(Question.Kind.PREDICT, name)) {
            works.stream()
                    .collect(Collectors.groupingBy(Work::subject))
                    .values()
                    .forEach(about -> retries.giveUp(about, reason(name)));
        }
    }

    private String reason(String name) {
        return "No server has served the model '%s' for %s. Bring it back and set this Task to 'requested', or cancel the Task."
                .formatted(name, settings.unserved());
    }
}
