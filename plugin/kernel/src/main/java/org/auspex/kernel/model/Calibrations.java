package org.auspex.kernel.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calibrations of a site, those that fit what serves apart from those that do not.
 *
 * @param fitting by version
 * @param refused why those of other versions are not used
 */
public record Calibrations(Map<ModelId, ConformalCalibration> fitting, Map<ModelId, String> refused) {

    public static final Calibrations NONE = new Calibrations(Map.of(), Map.of());

    public Calibrations {
        fitting = Map.copyOf(fitting);
        refused = Map.copyOf(refused);
    }

    /**
     * Holds each against the card that it is about.
     *
     * @param cards of the versions that serve; a calibration of another waits for its version
     */
    public static Calibrations of(Collection<ConformalCalibration> all, Collection<ModelCard> cards) {
        var fitting = new HashMap<ModelId, ConformalCalibration>();
        var refused = new HashMap<ModelId, String>();
        for (var card : cards) {
            all.stream()
                    .filter(one -> one.model().equals(card.id()))
                    .forEach(one -> one.mismatch(card)
                            .ifPresentOrElse(why -> refused.put(card.id(), why), () -> fitting.put(card.id(), one)));
        }
        return new Calibrations(fitting, refused);
    }

    /** Empty if a version has none that fits. */
    public Optional<ConformalCalibration> of(ModelId id) {
        return Optional.ofNullable(fitting.get(id));
    }
}
