package org.auspex.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder in a host that does not speak R4. */
class OtherVersionIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void staysOutAndSaysSoAndTheHostGoesOn() throws IOException {
        try (var host = RunningHost.with(
                directory, "--spring.datasource.url=jdbc:h2:mem:other", "--hapi.fhir.fhir_version=R5")) {
            assertThat(host.logOfAuspex())
                    .singleElement()
                    .asString()
                    .contains("|WARN|Auspex stays out: it needs a FHIR R4 server, and this one speaks R5");
            assertThat(host.probe("storage-hooks") + host.probe("providers"))
                    .doesNotContain("org.auspex.interceptors", "org.auspex.operations");
            assertThat(host.query(
                            "select count(*) from information_schema.tables where lower(table_name) like 'auspex%'"))
                    .containsExactly("0");
        }
    }
}
