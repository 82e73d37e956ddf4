package org.auspex.imaging.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.auspex.imaging.dicom.Dataset;
import org.auspex.imaging.dicom.DicomJsonReader;
import org.auspex.imaging.dicom.DicomJsonWriter;
import org.auspex.imaging.dicom.DicomObject;
import org.auspex.imaging.dicom.ReadLimits;
import org.auspex.imaging.dicom.Tags;
import org.auspex.imaging.dicom.Value;
import org.auspex.imaging.dicom.Vr;

/**
 * The headers of the instances, as DICOM JSON in a file beside each, so that no search opens the objects. A header never
 * changes, so the small ones that were read last stay in memory.
 */
final class HeaderFiles {

    private static final int KEPT = 2048;
    private static final int SMALL = 16 << 10;
    private static final int INLINE = 1 << 10;

    private final WholeFiles files;
    private final DicomJsonReader reader = new DicomJsonReader(ReadLimits.DEFAULT);
    private final JsonFactory json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private final Map<Path, Dataset> kept = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Dataset> eldest) {
            return size() > KEPT;
        }
    });

    HeaderFiles(WholeFiles files) {
        this.files = files;
    }

    void write(Path file, DicomObject object) throws IOException {
        var header = new Dataset();
        object.dataset().elements().forEach(element -> header.set(element.tag(), element.vr(), element.value()));
        header.set(Tags.AVAILABLE_TRANSFER_SYNTAX_UID, Vr.UI, object.transferSyntax());
        files.write(file, out -> {
            try (var generator = json.createGenerator(out)) {
                new DicomJsonWriter(generator, HeaderFiles::bulk).write(header);
            }
        });
    }

    /** Pixels, and whatever is long, are found under {@code bulkdata/} and their path. */
    private static Optional<String> bulk(String path, Dataset.Element element) {
        var value = element.value();
        var stays = !isPixels(element.tag())
                && !(value instanceof Value.InFile)
                && !(value instanceof Value.Fragments)
                && !(value instanceof Value.FragmentsInFile)
                && !(value instanceof Value.Bytes bytes && bytes.bytes().length > INLINE);
        return stays ? Optional.empty() : Optional.of("bulkdata/" + path);
    }

    private static boolean isPixels(int tag) {
        return tag == Tags.PIXEL_DATA || tag == Tags.FLOAT_PIXEL_DATA || tag == Tags.DOUBLE_FLOAT_PIXEL_DATA;
    }

    Dataset read(Path file) throws IOException {
        var known = kept.get(file);
        if (known != null) {
            return known;
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var header = reader.read(in);
            if (Files.size(file) <= SMALL) {
                kept.put(file, header);
            }
            return header;
        }
    }
}
