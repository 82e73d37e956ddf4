package org.auspex.imaging.dicom.bus;

import static org.assertj.core.api.Assertions.assertThat;

import javax.imageio.ImageIO;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.DicomToolkitContract;
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
}
