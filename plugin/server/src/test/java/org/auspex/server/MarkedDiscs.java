package org.auspex.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.pixels.PixelLimits;
import org.auspex.imaging.pixels.PixelReader;
import org.auspex.imaging.pixels.SourceFrame;
import org.auspex.imaging.results.Algorithm;
import org.auspex.imaging.results.Code;
import org.auspex.imaging.results.Draft;
import org.auspex.imaging.results.Tracking;
import org.auspex.imaging.results.Uids;
import org.auspex.imaging.results.segmentation.Mask;
import org.auspex.imaging.results.segmentation.Segment;
import org.auspex.imaging.results.segmentation.Segmentations;
import org.auspex.imaging.results.segmentation.Segmented;

/** Made-up ultrasound images of a disc in noise, and Segmentations of it as a person would have drawn them. */
final class MarkedDiscs {

    static final int SIDE = 64;

    private static final Path MODELS = Path.of("../../testdata/models");

    private MarkedDiscs() {}

    /** A models folder with the encoder, and the head that has learnt nothing, which sees images in 64 pixels. */
    static Path models() throws IOException {
        var models = Files.createTempDirectory(Path.of("target"), "models").toAbsolutePath();
        copy(models, "encoder/1.0.0", List.of("model.yaml", "model.pt"));
        copy(models, "lesions/0.0.0", List.of("model.yaml", "head.pt"));
        var card = models.resolve("lesions/0.0.0/model.yaml");
        Files.writeString(card, Files.readString(card).replace("size: [160]", "size: [64]"));
        return models;
    }

    private static void copy(Path models, String folder, List<String> files) throws IOException {
        Files.createDirectories(models.resolve(folder));
        for (var file : files) {
            Files.copy(
                    MODELS.resolve(folder).resolve(file), models.resolve(folder).resolve(file));
        }
    }

    /** Study {@code 2.25.<study>} of a patient. */
    static Dataset image(int study, String patient) {
        return Ultrasound.image(study, 1, patient)
                .set(Tags.ROWS, Vr.US, (long) SIDE)
                .set(Tags.COLUMNS, Vr.US, (long) SIDE)
                .set(Tags.PIXEL_DATA, Vr.OB, pixels(study));
    }

    private static byte[] pixels(int study) {
        var disc = disc(study);
        var random = new Random(study);
        var bytes = new byte[SIDE * SIDE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, (disc.get(i) ? 170 : 70) + 15 * random.nextGaussian()));
        }
        return bytes;
    }

    static BitSet disc(int study) {
        var random = new Random(1000 + study);
        var row = 20 + random.nextInt(SIDE - 40);
        var column = 20 + random.nextInt(SIDE - 40);
        var radius = 9 + random.nextInt(5);
        var disc = new BitSet();
        for (int i = 0; i < SIDE * SIDE; i++) {
            disc.set(i, Math.hypot(i / SIDE - row, i % SIDE - column) <= radius);
        }
        return disc;
    }

    static Mask mask(int study) {
        return new Mask(SIDE, SIDE, List.of(disc(study)));
    }

    static SourceFrame source(Dataset image) {
        try {
            return new PixelReader(PixelLimits.DEFAULT)
                    .open(new DicomObject(image, "1.2.840.10008.1.2.1"))
                    .source(1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As a person made it: nothing that a machine marked is learnt from. */
    static Dataset segmentation(Dataset image, Mask mask) {
        var seed = "drawn " + image.string(Tags.SOP_INSTANCE_UID).orElseThrow();
        var by = new Algorithm("hand", "1", "Nobody", Uids.of("hand"));
        var draft =
                new Draft(List.of(source(image)), by, "Drawn by hand", seed, LocalDateTime.of(2026, 1, 2, 11, 0, 0));
        var segment = new Segment(
                "Lesion",
                Segment.MORPHOLOGICALLY_ABNORMAL_STRUCTURE,
                Code.sct("4147007", "Mass"),
                Optional.empty(),
                Tracking.of(seed, 1, "Lesion"));
        var dataset = Segmentations.binary(draft, List.of(new Segmented<>(segment, mask)))
                .dataset();
        dataset.items(Tags.SEGMENT_SEQUENCE).forEach(item -> item.set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "MANUAL"));
        return dataset;
    }

    static void store(RunningServer server, Dataset object) {
        GoldenUltrasound.store(URI.create(server.base().replace("/fhir", "/dicomweb/")), object);
    }
}
