package org.auspex.language.consult;

import java.util.List;
import org.hl7.fhir.r4.model.Communication.CommunicationPriority;

/**
 * That a question cannot wait.
 *
 * @param rules that say so, by name
 * @param priority {@code stat} or {@code urgent}: the higher of theirs
 * @param advice {@code crisis} if one of them speaks of suicide or self-harm, else {@code emergency}
 */
public record Urgency(List<String> rules, CommunicationPriority priority, String advice) {

    public Urgency {
        rules = List.copyOf(rules);
    }
}
