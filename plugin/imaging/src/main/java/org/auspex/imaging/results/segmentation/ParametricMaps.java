package org.auspex.imaging.results.segmentation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomRefused;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Header;
import org.auspex.imaging.results.Kind;
import org.auspex.imaging.results.Words;
import org.auspex.imaging.results.segmentation.MultiFrame.Frame;

/**
 * A number for each pixel of the source as a Parametric Map of 32-bit floats (PS3.3, A.75): with its quantity and unit, which a
 * fractional Segmentation has no room for, since its numbers are probabilities or occupancies and nothing else.
 */
public final class ParametricMaps {

    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
    private static final Code QUANTITY = Code.sct("246205007", "Quantity");
    private static final String[] TYPE = {"DERIVED", "PRIMARY", "VOLUME", "NONE"};

    private ParametricMaps() {}

    /**
     * Writes a map.
     *
     * @throws IllegalArgumentException if the raster is not about the source's frames
     * @throws DicomRefused if the frames have no place in the patient, as in most ultrasound
     */
    public static DicomObject of(Draft draft, Raster raster, Quantity quantity) {
        draft.require(raster.frames().size(), raster.rows(), raster.columns());
        var image = new MultiFrame(draft);
        if (!image.placed()) {
            throw new DicomRefused(
                    "A Parametric Map needs frames with a place in a Frame of Reference, which these have not;"
                            + " write the probabilities as a fractional Segmentation");
        }
        var frames = image.order().stream().map(source -> new Frame(0, source)).toList();
        var dataset = Header.of(draft, Kind.PARAMETRIC_MAP)
                .set(Tags.IMAGE_TYPE, Vr.CS, TYPE)
                .set(Tags.LATERALITY, Vr.CS, new String[0])
                .copy(draft.first(), Tags.LATERALITY)
                .set(Tags.CONTENT_LABEL, Vr.CS, "MAP")
                .set(
                        Tags.CONTENT_DESCRIPTION,
                        Vr.LO,
                        Words.within(64, quantity.quantity().meaning()))
                .set(Tags.CONTENT_CREATOR_NAME, Vr.PN, new String[0])
                .set(Tags.CONTENT_QUALIFICATION, Vr.CS, "RESEARCH")
                .set(Tags.BURNED_IN_ANNOTATION, Vr.CS, "NO")
                .set(Tags.RECOGNIZABLE_VISUAL_FEATURES, Vr.CS, "NO")
                .set(Tags.ACQUISITION_CONTEXT_SEQUENCE, List.of())
                .set(Tags.PRESENTATION_LUT_SHAPE, Vr.CS, "IDENTITY")
                .set(Tags.BITS_ALLOCATED, Vr.US, 32L)
                .set(Tags.FLOAT_PIXEL_DATA, Vr.OF, floats(raster, image.order()));
        image.describe(dataset, frames, shared(quantity));
        return new DicomObject(dataset, EXPLICIT_LITTLE_ENDIAN);
    }

    private static byte[] floats(Raster raster, List<Integer> order) {
        var bytes = ByteBuffer.wrap(Room.of((long) raster.rows() * raster.columns() * order.size() * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (var source : order) {
            for (var number : raster.frames().get(source)) {
                bytes.putFloat(number);
            }
        }
        return bytes.array();
    }

    private static Dataset shared(Quantity quantity) {
        return new Dataset()
                .set(Tags.PARAMETRIC_MAP_FRAME_TYPE_SEQUENCE, new Dataset().set(Tags.FRAME_TYPE, Vr.CS, TYPE))
                .set(Tags.PIXEL_VALUE_TRANSFORMATION_SEQUENCE, identity())
                .set(Tags.FRAME_VOI_LUT_SEQUENCE, window(quantity))
                .set(Tags.REAL_WORLD_VALUE_MAPPING_SEQUENCE, mapping(quantity));
    }

    private static Dataset identity() {
        return new Dataset()
                .set(Tags.RESCALE_INTERCEPT, Vr.DS, 0.0)
                .set(Tags.RESCALE_SLOPE, Vr.DS, 1.0)
                .set(Tags.RESCALE_TYPE, Vr.LO, "US");
    }

    private static Dataset window(Quantity quantity) {
        return new Dataset()
                .set(Tags.WINDOW_CENTER, Vr.DS, (quantity.low() + quantity.high()) / 2)
                .set(Tags.WINDOW_WIDTH, Vr.DS, quantity.high() - quantity.low());
    }

    private static Dataset mapping(Quantity quantity) {
        return new Dataset()
                .set(
                        Tags.LUT_EXPLANATION,
                        Vr.LO,
                        Words.within(64, quantity.quantity().meaning()))
                .set(Tags.LUT_LABEL, Vr.SH, Words.within(16, quantity.quantity().value()))
                .set(Tags.DOUBLE_FLOAT_REAL_WORLD_VALUE_FIRST_VALUE_MAPPED, Vr.FD, quantity.low())
                .set(Tags.DOUBLE_FLOAT_REAL_WORLD_VALUE_LAST_VALUE_MAPPED, Vr.FD, quantity.high())
                .set(Tags.REAL_WORLD_VALUE_INTERCEPT, Vr.FD, 0.0)
                .set(Tags.REAL_WORLD_VALUE_SLOPE, Vr.FD, 1.0)
                .set(Tags.MEASUREMENT_UNITS_CODE_SEQUENCE, quantity.unit().item())
                .set(
                        Tags.QUANTITY_DEFINITION_SEQUENCE,
                        new Dataset()
                                .set(Tags.VALUE_TYPE, Vr.CS, "CODE")
                                .set(Tags.CONCEPT_NAME_CODE_SEQUENCE, QUANTITY.item())
                                .set(
                                        Tags.CONCEPT_CODE_SEQUENCE,
                                        quantity.quantity().item()));
    }
}
