package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Patients with what the network for coronary disease reads, and the Group of them.
 *
 * @param from the first patient's number
 */
record Cohort(int from, int size) {

    private static final int BUNDLE = 50;

    void load(Rest rest) {
        for (int first = from; first < from + size; first += BUNDLE) {
            var entries = new ArrayList<Object>();
            IntStream.range(first, Math.min(from + size, first + BUNDLE))
                    .mapToObj(ChestPain::record)
                    .forEach(record -> entries.addAll((List<?>) record.get("entry")));
            rest.post("", Ward.transaction(entries));
        }
        var members = IntStream.range(from, from + size)
                .mapToObj(patient -> Map.of("entity", Map.of("reference", "Patient/" + ChestPain.id(patient))))
                .toList();
        rest.put(
                "Group/" + id(),
                Map.of("resourceType", "Group", "id", id(), "type", "person", "actual", true, "member", members));
    }

    String id() {
        return "cohort-%d-%d".formatted(from, size);
    }

    /** Asks about all of them and waits; each quarter of the way is timed. */
    Run ask(Rest rest, boolean persist, Runnable meanwhile) {
        var begun = System.nanoTime();
        var address = rest.start("Group/" + id() + "/$predict", question(persist));
        var quarters = new ArrayList<Duration>();
        var look = rest.look(address);
        while (look.answer().isEmpty()) {
            var answered = Integer.parseInt(look.progress().split(" ", 2)[0]);
            while (answered >= size * (quarters.size() + 1) / 4) {
                quarters.add(Duration.ofNanos(System.nanoTime() - begun));
            }
            meanwhile.run();
            Rest.pause(Duration.ofMillis(100));
            look = rest.look(address);
        }
        var whole = Duration.ofNanos(System.nanoTime() - begun);
        while (quarters.size() < 4) {
            quarters.add(whole);
        }
        return new Run(whole, quarters, look.answer().get());
    }

    private static Object question(boolean persist) {
        return Map.of(
                "resourceType",
                "Parameters",
                "parameter",
                List.of(
                        Map.of("name", "model", "valueString", "coronary-disease"),
                        Map.of("name", "persist", "valueBoolean", persist)));
    }

    /**
     * @param quarters when each quarter of the patients was answered
     */
    record Run(Duration whole, List<Duration> quarters, JsonNode answer) {

        double perSecond(int patients) {
            return patients / (whole.toNanos() / 1e9);
        }

        /** Patients per second within one quarter, 0 to 3. */
        double perSecond(int patients, int quarter) {
            var since = quarter == 0 ? Duration.ZERO : quarters.get(quarter - 1);
            return patients
                    / 4.0
                    / Math.max(1e-3, quarters.get(quarter).minus(since).toNanos() / 1e9);
        }

        int count(String state) {
            for (var parameter : answer.at("/entry/0/resource/parameter")) {
                if (parameter.path("name").asText().equals(state)) {
                    return parameter.path("valueInteger").asInt();
                }
            }
            return 0;
        }
    }
}
