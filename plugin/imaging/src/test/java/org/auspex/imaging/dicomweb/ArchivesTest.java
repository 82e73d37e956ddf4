package org.auspex.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.bus.BusToolkit;
import org.hl7.fhir.r4.model.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pacs.example/dicom-web",
                "https://PACS.example:443/dicom-web/",
                "https://pacs.example/dicom-web/rs"
            })
    void callsWhatIsListed(String address) {
        assertThat(archives("https://pacs.example/dicom-web").at(endpoint(address)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pacs.example/dicom-web",
                "https://pacs.example:8443/dicom-web",
                "https://pacs.example.evil/dicom-web",
                "https://pacs.example@evil/dicom-web",
                "https://pacs.example/dicom-web-other",
                "https://pacs.example/dicom-web/../admin",
                "https://pacs.example/dicom-web/%2e%2e/admin",
                "https://pacs.example/dicom-web?x=1",
                "file:///etc/passwd",
                "not an address"
            })
    void callsNothingElse(String address) {
        var archives = archives("https://pacs.example/dicom-web");

        assertThatThrownBy(() -> archives.at(endpoint(address)))
                .hasMessageStartingWith("Endpoint/e1 has an address that is n");
    }

    @Test
    void callsOnlyArchivesThatAreActive() {
        var archives = archives("https://pacs.example/dicom-web");
        var off = endpoint("https://pacs.example/dicom-web").setStatus(Endpoint.EndpointStatus.OFF);
        var other = endpoint("https://pacs.example/dicom-web");
        other.getConnectionType().setCode("hl7-fhir-rest");

        assertThatThrownBy(() -> archives.at(off)).hasMessage("Endpoint/e1 is not active");
        assertThatThrownBy(() -> archives.at(other))
                .hasMessage("Endpoint/e1 is of another connectionType than dicom-wado-rs");
        assertThatThrownBy(() -> archives.named("none"))
                .hasMessage("There is no archive 'none' under auspex.dicom.archives; there are [pacs]");
    }

    @Test
    void refusesASettingThatIsNoAddress() {
        assertThatThrownBy(() -> archives("ftp://pacs.example"))
                .hasMessageStartingWith("auspex.dicom.archives.pacs.url is 'ftp://pacs.example';");
    }

    private static Archives archives(String url) {
        var client = new ArchiveClient(
                new ClientLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1000));
        client.close();
        return new Archives(
                Map.of("pacs", new ArchiveAddress(URI.create(url), Optional.empty())),
                client,
                new BusToolkit(),
                new DicomwebArchive.Reading(ReadLimits.DEFAULT, Set.of()));
    }

    private static Endpoint endpoint(String address) {
        var endpoint = new Endpoint().setStatus(Endpoint.EndpointStatus.ACTIVE).setAddress(address);
        endpoint.setId("e1");
        endpoint.getConnectionType()
                .setSystem("http://terminology.hl7.org/CodeSystem/endpoint-connection-type")
                .setCode("dicom-wado-rs");
        return endpoint;
    }
}
