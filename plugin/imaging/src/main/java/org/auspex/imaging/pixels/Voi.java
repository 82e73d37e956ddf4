package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/** What of the modality's values is shown, and how bright (DICOM PS3.3, C.11.2). */
interface Voi {

    /** Brightness from 0 to 1. */
    double shown(double value);

    /** A table, or the first window, or else everything from the lowest to the highest value of this frame. */
    static Voi of(Dataset object, int frame, float[] values, boolean signed) throws IOException {
        var holder = new FunctionalGroups(object).holder(frame, Tags.FRAME_VOI_LUT_SEQUENCE);
        var width = holder.number(Tags.WINDOW_WIDTH).filter(number -> number > 0);
        var centre = holder.number(Tags.WINDOW_CENTER);
        Optional<Dataset> table = holder.item(Tags.VOI_LUT_SEQUENCE);
        if (table.isPresent()) {
            return table(LookupTable.of(table.get(), Tags.LUT_DESCRIPTOR, Tags.LUT_DATA, signed));
        }
        return width.isPresent() && centre.isPresent()
                ? window(holder.string(Tags.VOI_LUT_FUNCTION).orElse("LINEAR"), centre.get(), width.get())
                : everything(values);
    }

    private static Voi table(LookupTable table) {
        double most = (1 << table.bits()) - 1;
        return value -> table.at(Math.round(value)) / most;
    }

    /** The functions of C.11.2.1.2 and C.11.2.1.3. */
    private static Voi window(String function, double centre, double width) {
        switch (function) {
            case "SIGMOID":
                return value -> 1 / (1 + Math.exp(-4 * (value - centre) / width));
            case "LINEAR_EXACT":
                return value -> clipped((value - centre) / width + 0.5);
            default:
                return width <= 1
                        ? value -> value <= centre - 0.5 ? 0 : 1
                        : value -> clipped((value - (centre - 0.5)) / (width - 1) + 0.5);
        }
    }

    private static Voi everything(float[] values) {
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (var value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        double from = lowest;
        double range = Math.max(highest - lowest, Float.MIN_NORMAL);
        return value -> clipped((value - from) / range);
    }

    private static double clipped(double brightness) {
        return Math.max(0, Math.min(1, brightness));
    }
}
