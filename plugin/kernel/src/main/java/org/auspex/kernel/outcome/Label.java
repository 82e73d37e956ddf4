package org.auspex.kernel.outcome;

import java.util.Optional;

/**
 * One answer of a model that sorts into classes.
 *
 * @param name its name in the card, such as {@code rule-out}
 * @param risk the word for the risk it stands for
 * @param text what the publication says of it; empty = the name alone
 */
public record Label(String name, RiskWord risk, Optional<String> text) {}
