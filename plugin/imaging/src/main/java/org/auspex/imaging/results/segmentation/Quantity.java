package org.auspex.imaging.results.segmentation;

import org.auspex.imaging.results.Code;

/**
 * What the numbers of a map mean.
 *
 * @param quantity what is told
 * @param unit of UCUM; {@link #NO_UNITS} for a bare number
 * @param low the lowest number that can occur
 * @param high the highest number that can occur
 */
public record Quantity(Code quantity, Code unit, double low, double high) {

    public static final Code NO_UNITS = Code.ucum("1", "no units");

    /**
     * Doubt about a mask: 0 where the network is sure that a pixel belongs to it or does not, 1 where both are as likely. No
     * standard has a code for it.
     */
    public static final Quantity UNCERTAINTY = new Quantity(
            new Code("uncertainty", "99AUSPEX", "Entropy of the predicted probability"), Code.ucum("bit", "bit"), 0, 1);

    /** @throws IllegalArgumentException if low is not below high */
    public Quantity {
        if (!(low < high)) {
            throw new IllegalArgumentException("%s is not below %s".formatted(low, high));
        }
    }
}
