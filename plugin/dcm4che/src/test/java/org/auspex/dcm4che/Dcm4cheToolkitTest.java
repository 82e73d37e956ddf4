package org.auspex.dcm4che;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.imaging.dicom.DicomToolkitContract;
import org.junit.jupiter.api.Test;

class Dcm4cheToolkitTest extends DicomToolkitContract {

    @Override
    protected DicomToolkit toolkit() {
        return new Dcm4cheToolkit();
    }

    @Test
    void isFoundByWhoeverLooksForAToolkit() {
        assertThat(ServiceLoader.load(DicomToolkit.class)).hasExactlyElementsOfTypes(Dcm4cheToolkit.class);
    }
}
