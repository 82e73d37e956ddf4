package org.auspex.operations.job;

import java.time.Instant;
import java.util.List;
import org.auspex.kernel.inference.Priority;

/**
 * What a client wants to be asked.
 *
 * @param models as the client named them; empty = all that fit
 * @param subjects {@code Patient/1}, {@code Encounter/1} or {@code Group/1}, or a search such as {@code Patient?birthdate=lt1960}
 * @param search whether it is a search
 */
public record JobOrder(
        List<String> models, String subjects, boolean search, Instant asOf, boolean persist, Priority priority) {

    boolean isGroup() {
        return subjects.startsWith("Group/");
    }
}
