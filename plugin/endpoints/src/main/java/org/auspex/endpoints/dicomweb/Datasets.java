package org.auspex.endpoints.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.auspex.imaging.archive.InstanceUids;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomJsonWriter;
import org.auspex.imaging.dicom.Value;

/** Sends datasets as DICOM JSON, each when it is read. Nothing is sent before the first is there. */
final class Datasets implements AutoCloseable, Consumer<Dataset> {

    static final String TYPE = "application/dicom+json";

    private static final JsonFactory JSON = new JsonFactory();

    private final HttpServletResponse response;
    private final String base;
    private @org.jspecify.annotations.Nullable JsonGenerator json;

    /**
     * @param base address of this door, which addresses of values begin with
     */
    Datasets(HttpServletResponse response, String base) {
        this.response = response;
        this.base = base;
    }

    @Override
    public void accept(Dataset dataset) {
        try {
            var open = json == null ? begin() : json;
            new DicomJsonWriter(open, (path, element) -> address(dataset, element)).write(dataset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonGenerator begin() throws IOException {
        response.setContentType(TYPE);
        var begun = JSON.createGenerator(response.getOutputStream());
        begun.writeStartArray();
        json = begun;
        return begun;
    }

    /** The archive says where a value is found beneath its instance. */
    private Optional<String> address(Dataset dataset, Dataset.Element element) {
        return element.value() instanceof Value.Elsewhere elsewhere
                ? Optional.of(base + "/" + InstanceUids.of(dataset).path() + "/" + elsewhere.uri())
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        var open = json == null ? begin() : json;
        open.writeEndArray();
        open.close();
    }
}
