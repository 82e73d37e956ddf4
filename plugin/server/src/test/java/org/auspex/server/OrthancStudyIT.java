package org.auspex.server;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.CacheControlDirective;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Vr;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.auspex.imaging.dicomweb.Orthanc;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images lie in a real archive elsewhere. An ImagingStudy that names it is answered, and the answer's objects lie there too. */
class OrthancStudyIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void readsFromTheArchiveThatTheStudyNamesAndKeepsTheResultThere() throws Exception {
        var golden = new GoldenUltrasound();
        try (var orthanc = Orthanc.start(folder);
                var server = RunningServer.start(
                        "--auspex.dicom.archives.orthanc.url=" + orthanc.base(),
                        "--auspex.dicom.corrections.period=PT0.5S",
                        "--auspex.models.shipped=false",
                        "--auspex.models.path=" + GoldenUltrasound.models())) {
            GoldenUltrasound.store(orthanc.base(), golden.image(1));

            tell(server, orthanc.base());
            var report = report(server);

            assertThat(object(report, "SEG").string(Tags.SOP_CLASS_UID)).contains("1.2.840.10008.5.1.4.1.1.66.4");
            assertThat(object(report, "SR").string(Tags.STUDY_INSTANCE_UID)).contains(Ultrasound.uid(1));
            assertThat(report.getPresentedForm())
                    .filteredOn(form -> form.getContentType().equals("application/dicom"))
                    .allMatch(form -> form.getUrl().startsWith(orthanc.base().toString()));
            assertThat(report.getConclusion()).contains("Long axis", "{pixels}");

            var corrected = object(report, "SEG").set(Tags.SOP_INSTANCE_UID, Vr.UI, "2.25.1901");
            corrected.items(Tags.SEGMENT_SEQUENCE).get(0).set(Tags.SEGMENT_ALGORITHM_TYPE, Vr.CS, "MANUAL");
            GoldenUltrasound.store(orthanc.base(), corrected);

            var agreement = agreement(server);
            assertThat(agreement.getValueQuantity().getValue()).isEqualByComparingTo("1");
            assertThat(agreement.getIdentifier()).anyMatch(one -> one.getValue().equals("urn:oid:2.25.1901"));
            assertThat(agreement.getFocusFirstRep().getReference())
                    .isEqualTo(report.getIdElement().toUnqualifiedVersionless().getValue());
        }
    }

    /** As a gateway beside the archive tells the record. */
    private static void tell(RunningServer server, URI archive) {
        var patient = new Patient();
        patient.setId("p-archive");
        server.client().update().resource(patient).execute();
        var endpoint = new Endpoint();
        endpoint.setId("archive");
        endpoint.setStatus(Endpoint.EndpointStatus.ACTIVE);
        endpoint.getConnectionType()
                .setSystem("http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
                .setCode("dicom-wado-rs");
        endpoint.addPayloadType().setText("DICOM");
        endpoint.setAddress(archive.toString());
        server.client().update().resource(endpoint).execute();
        server.client().create().resource(study()).execute();
    }

    private static ImagingStudy study() {
        var study = new ImagingStudy();
        study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
        study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:" + Ultrasound.uid(1));
        study.getSubject().setReference("Patient/p-archive");
        study.setStarted(new Date());
        study.addEndpoint().setReference("Endpoint/archive");
        study.addModality()
                .setSystem("http://dicom.nema.org/resources/ontology/DCM")
                .setCode("US");
        var series = study.addSeries().setUid(Ultrasound.uid(1) + ".1");
        series.getModality()
                .setSystem("http://dicom.nema.org/resources/ontology/DCM")
                .setCode("US");
        series.addInstance()
                .setUid(Ultrasound.uid(1) + ".1.1")
                .getSopClass()
                .setSystem("urn:ietf:rfc:3986")
                .setCode("urn:oid:" + Ultrasound.SOP_CLASS);
        return study;
    }

    private static DiagnosticReport report(RunningServer server) {
        return RunningServer.eventually(
                        Duration.ofSeconds(30),
                        () -> server
                                .client()
                                .search()
                                .byUrl("DiagnosticReport?subject=p-archive")
                                .cacheControl(new CacheControlDirective().setNoCache(true))
                                .returnBundle(Bundle.class)
                                .execute()
                                .getEntry()
                                .stream()
                                .map(entry -> (DiagnosticReport) entry.getResource())
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No DiagnosticReport"));
    }

    /** A radiologist's program stored it beside the images, and told nobody. */
    private static Observation agreement(RunningServer server) {
        var code = "https://auspex-fhir.org/fhir/CodeSystem/measurement|segmentation-agreement";
        return RunningServer.eventually(
                        Duration.ofSeconds(30),
                        () -> server.search("Observation?code=" + code).stream()
                                .map(Observation.class::cast)
                                .findFirst())
                .orElseThrow(() -> new AssertionError("No agreement"));
    }

    private static Dataset object(DiagnosticReport report, String modality) throws IOException, InterruptedException {
        var url = report.getPresentedForm().stream()
                .filter(form -> form.getTitle().startsWith("DICOM " + modality))
                .map(Attachment::getUrl)
                .findFirst()
                .orElseThrow();
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "multipart/related; type=\"application/dicom\"")
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        var body = answer.body();
        var from = indexOf(body, "\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) + 4;
        return new BusToolkit()
                .read(new ByteArrayInputStream(body, from, end(body) - from), ReadLimits.DEFAULT)
                .dataset();
    }

    /** Before the last boundary. */
    private static int end(byte[] bytes) {
        for (int i = bytes.length - 5; i > 0; i--) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '-' && bytes[i + 3] == '-') {
                return i;
            }
        }
        throw new AssertionError("No part ends in the answer");
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("No part begins in the answer");
    }
}
