package org.auspex.imaging.dicom.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.DicomToolkitContract;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;

class BusToolkitTest extends DicomToolkitContract {

    @Override
    protected DicomToolkit toolkit() {
        return new BusToolkit();
    }

    @Test
    void leavesImagesOfOthersToTheirOwnCodecs() {
        assertThat(toolkit()).isNotNull();

        assertThat(ImageIO.getImageWritersByFormatName("jpeg"))
                .toIterable()
                .isNotEmpty()
                .noneMatch(writer -> writer.getClass().getName().startsWith("org.aoju"));
        assertThat(ImageIO.getImageReadersByFormatName("jpeg2000"))
                .toIterable()
                .isNotEmpty()
                .noneMatch(reader -> reader.getClass().getName().startsWith("org.aoju"));
    }

    @Test
    void writesOurOwnNameIntoTheFileMetaInformation() throws IOException {
        var dataset = new Dataset().set(Tags.SOP_CLASS_UID, Vr.UI, "1.2").set(Tags.SOP_INSTANCE_UID, Vr.UI, "1.2.3");

        var out = new ByteArrayOutputStream();
        toolkit().write(new DicomObject(dataset, Headers.EXPLICIT), out);

        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .contains(ObjectWriter.IMPLEMENTATION_CLASS_UID, "AUSPEX")
                .doesNotContain("aoju", "dcm4che");
    }
}
