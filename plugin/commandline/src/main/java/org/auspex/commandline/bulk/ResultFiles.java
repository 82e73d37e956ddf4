package org.auspex.commandline.bulk;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auspex.kernel.Answer;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.findings.ModelDevice;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.auspex.kernel.model.Rollout;
import org.auspex.kernel.outcome.Outcome;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes answers as NDJSON: results as FHIR, one file for each type, and beside them {@code abstentions.ndjson},
 * {@code failures.ndjson} and {@code problems.ndjson}, which say about whom or which line there is no result, and why.
 */
public final class ResultFiles implements Scoring.Sink, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final IParser fhir = FhirContext.forR4Cached().newJsonParser();
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<ModelId> described = new HashSet<>();

    /**
     * @throws IllegalArgumentException if the folder holds something already
     */
    public ResultFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var found = Files.list(folder)) {
            if (found.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "'%s' is not empty; name a new folder, so that no result is overwritten".formatted(folder));
            }
        }
        this.folder = folder;
        // HAPI strips versions from references unless told; what a result rests on is a version.
        fhir.setStripVersionsFromReferences(false);
    }

    @Override
    public void answer(ModelCard card, Answer answer) {
        if (answer.outcome() instanceof Outcome.Abstained abstained) {
            var line = about(card.id(), answer.evidence().subject());
            abstained.reasons().forEach(reason -> line.withArray("reasons").add(reason.toString()));
            write("abstentions", line.toString());
        }
        answer.written().ifPresent(written -> {
            if (described.add(card.id())) {
                write(ModelDevice.device(card, Rollout.ACTIVE));
                write(ModelDevice.card(card));
            }
            written.resources().forEach(this::write);
        });
    }

    @Override
    public void failed(ModelId model, Subject subject, RuntimeException why) {
        write("failures", about(model, subject).put("reason", why.toString()).toString());
    }

    @Override
    public void unreadable(String why) {
        write("problems", JSON.createObjectNode().put("problem", why).toString());
    }

    /** Lines by file, without the ending of its name. */
    public Map<String, Long> counts() {
        return counts;
    }

    @Override
    public void close() throws IOException {
        for (var file : files.values()) {
            file.close();
        }
    }

    private static ObjectNode about(ModelId model, Subject subject) {
        return JSON.createObjectNode().put("model", model.toString()).put("subject", subject.reference());
    }

    private void write(Resource resource) {
        write(resource.fhirType(), fhir.encodeResourceToString(resource));
    }

    private void write(String name, String line) {
        try {
            var file = files.get(name);
            if (file == null) {
                file = Files.newBufferedWriter(folder.resolve(name + ".ndjson"));
                files.put(name, file);
            }
            file.write(line);
            file.newLine();
            counts.merge(name, 1L, Long::sum);
        } catch (IOException e) {
            throw new UncheckedIOException("%s.ndjson cannot be written".formatted(name), e);
        }
    }
}
