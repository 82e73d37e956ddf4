package org.auspex.worklist;

import java.util.Optional;

/**
 * What became of one question of a job.
 *
 * @param subject such as {@code Patient/1}
 * @param model {@code name|version}; empty where no model was asked
 * @param state {@code done}, {@code abstained}, {@code failed} or {@code excluded}; {@code waiting} or {@code claimed} before
 * @param result such as {@code RiskAssessment/12}; empty if none is stored
 * @param text the result in one line, or why there is none
 */
public record JobOutcome(
        String subject, Optional<String> model, String state, Optional<String> result, Optional<String> text) {}
