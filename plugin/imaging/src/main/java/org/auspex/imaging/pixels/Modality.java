package org.auspex.imaging.pixels;

import java.io.IOException;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.Tags;

/** From stored values to those of the modality, such as Hounsfield units (DICOM PS3.3, C.11.1). */
record Modality(double slope, double intercept, Optional<LookupTable> table) {

    static Modality of(Dataset object, int frame, boolean signed) throws IOException {
        var holder = new FunctionalGroups(object).holder(frame, Tags.PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
        var tables = object.item(Tags.MODALITY_LUT_SEQUENCE);
        return new Modality(
                holder.number(Tags.RESCALE_SLOPE).orElse(1.0),
                holder.number(Tags.RESCALE_INTERCEPT).orElse(0.0),
                tables.isEmpty()
                        ? Optional.empty()
                        : Optional.of(LookupTable.of(tables.get(), Tags.LUT_DESCRIPTOR, Tags.LUT_DATA, signed)));
    }

    float[] apply(Samples samples) {
        var values = new float[(int) samples.layout().pixels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(samples.at(i));
        }
        return values;
    }

    double value(long stored) {
        return table.isPresent() ? table.get().at(stored) : stored * slope + intercept;
    }
}
