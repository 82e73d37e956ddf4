package org.auspex.commandline.bulk;

import ca.uhn.fhir.context.FhirContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.auspex.kernel.evidence.Merged;
import org.hl7.fhir.r4.model.Patient;

/**
 * An export laid apart by patient: every line about one patient, and about those merged into them, is in the same part. A part
 * fits in memory.
 */
final class Parts implements AutoCloseable {

    /** About what one part may hold as text; as objects it is some ten times as much. */
    private static final long PART_BYTES = 16L << 20;

    private static final int MOST = 1000;

    private final Path folder;
    private final List<BufferedWriter> writers = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();
    private final Map<String, String> remaining;
    private final Map<String, String> medications = new HashMap<>();
    private final Consumer<String> problems;
    private long aboutNobody;

    /**
     * Lays an export apart.
     *
     * @param types of resource that are needed
     * @param folder where the parts are written, on a disk with room for the export
     * @param problems hears of each line that cannot be used
     */
    static Parts of(Export export, List<String> types, Path folder, Consumer<String> problems) throws IOException {
        var parts = new Parts(folder, merged(export), problems);
        var number = Math.min(MOST, 1 + export.size(types) / PART_BYTES);
        for (int i = 0; i < number; i++) {
            var path = folder.resolve("part-%04d.ndjson".formatted(i));
            parts.paths.add(path);
            parts.writers.add(Files.newBufferedWriter(path));
        }
        for (var file : export.files()) {
            if (types.contains(file.type())) {
                parts.layApart(file);
            }
        }
        for (var writer : parts.writers) {
            writer.close();
        }
        return parts;
    }

    private Parts(Path folder, Map<String, String> remaining, Consumer<String> problems) {
        this.folder = folder;
        this.remaining = remaining;
        this.problems = problems;
    }

    List<Path> paths() {
        return List.copyOf(paths);
    }

    /** Every Medication of the export, by {@code Medication/id}: they are nobody's, and named by orders of everybody. */
    Map<String, String> medications() {
        return medications;
    }

    /** Lines of the needed types that say no patient. */
    long aboutNobody() {
        return aboutNobody;
    }

    @Override
    public void close() throws IOException {
        for (var path : paths) {
            Files.deleteIfExists(path);
        }
        Files.deleteIfExists(folder);
    }

    /** Who was merged into whom; only the Patients that say so are read as resources. */
    private static Map<String, String> merged(Export export) throws IOException {
        var parser = FhirContext.forR4Cached().newJsonParser();
        var linked = new ArrayList<Patient>();
        for (var file : export.of("Patient").toList()) {
            try (var lines = file.open()) {
                lines.lines()
                        .filter(line -> line.contains("\"replaces\""))
                        .forEach(line -> linked.add(parser.parseResource(Patient.class, line)));
            }
        }
        return Merged.remaining(linked);
    }

    private void layApart(Export.File file) throws IOException {
        try (var lines = file.open()) {
            var number = 0;
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                number++;
                if (!text.isBlank()) {
                    layApart(text, file, number);
                }
            }
        }
    }

    private void layApart(String text, Export.File file, int number) throws IOException {
        try {
            var line = Line.read(text, file.type());
            if (file.type().equals("Medication")) {
                medications.put("Medication/" + line.id(), text);
            } else if (line.patient().isEmpty()) {
                aboutNobody++;
            } else {
                var writer = writers.get(part(line.patient().get()));
                writer.write(text);
                writer.newLine();
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            problems.accept(
                    "%s line %d is no JSON: %s".formatted(file.path().getFileName(), number, e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            problems.accept("%s line %d %s".formatted(file.path().getFileName(), number, e.getMessage()));
        }
    }

    private int part(String patient) {
        return Math.floorMod(remaining.getOrDefault(patient, patient).hashCode(), writers.size());
    }
}
