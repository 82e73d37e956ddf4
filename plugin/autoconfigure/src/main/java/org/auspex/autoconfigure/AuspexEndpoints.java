package org.auspex.autoconfigure;

import org.auspex.endpoints.dicomweb.DicomwebServlet;
import org.auspex.endpoints.inference.InferenceService;
import org.auspex.endpoints.inference.InferenceServlet;
import org.auspex.imaging.archive.FolderArchive;
import org.auspex.imaging.dicom.DicomToolkit;
import org.auspex.kernel.Models;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Doors that are not FHIR, where they are switched on. */
@ConditionalOnClass(ServletRegistrationBean.class)
class AuspexEndpoints {

    @Bean
    @ConditionalOnProperty("auspex.inference.endpoint.enabled")
    ServletRegistrationBean<InferenceServlet> auspexInferenceServlet(Models models, AuspexSettings settings) {
        var service = new InferenceService(models, AuspexRegistration.version());
        var servlet =
                new InferenceServlet(service, settings.inference().endpoint().maxBytes());
        var registration = new ServletRegistrationBean<>(servlet, "/v2/*");
        registration.setName("auspexInference");
        return registration;
    }

    @Bean
    @ConditionalOnProperty("auspex.dicom.dicomweb.enabled")
    ServletRegistrationBean<DicomwebServlet> auspexDicomwebServlet(
            FolderArchive archive, DicomToolkit toolkit, AuspexSettings settings) {
        var dicom = settings.dicom();
        var servlet = new DicomwebServlet(
                archive,
                toolkit,
                AuspexDicom.limits(dicom.archive().maxObjectBytes()),
                dicom.dicomweb().maxBytes());
        var registration = new ServletRegistrationBean<>(servlet, "/dicomweb/*");
        registration.setName("auspexDicomweb");
        return registration;
    }
}
