package org.auspex.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Patients who have all that NEWS2 wants, and whose pulse is stored again and again, one patient after another. Both times that are
 * compared are the server's own: when an Observation was stored, and when the first result that rests on it was.
 */
final class PulseStream {

    private static final int PATIENTS = 100;
    private static final int PAGE = 500;

    private final Rest rest;
    private final Map<String, Instant> stored = new ConcurrentHashMap<>();
    private int number;

    PulseStream(Rest rest) {
        this.rest = rest;
    }

    /** Stores the patients. */
    void admit() {
        var when = Instant.now().minus(Duration.ofMinutes(30));
        for (int patient = 0; patient < PATIENTS; patient++) {
            rest.post("", Ward.admission(id(patient), when));
        }
    }

    /** Stores the next pulse. */
    JsonNode store() {
        var patient = number++;
        return rest.create("Observation", Ward.pulse(id(patient % PATIENTS), Instant.now(), 60 + patient % 80));
    }

    /** Forgets what was stored so far. */
    void forget() {
        stored.clear();
    }

    /** Keeps storing at a steady rate while {@code meanwhile} runs, and waits for the last. */
    void during(double perSecond, Runnable meanwhile) {
        var timer = Executors.newScheduledThreadPool(1);
        var stream = timer.scheduleAtFixedRate(
                () -> {
                    var observation = store();
                    stored.put("Observation/" + observation.path("id").asText() + "/_history/1", updated(observation));
                },
                0,
                (long) (1e9 / perSecond),
                TimeUnit.NANOSECONDS);
        try {
            meanwhile.run();
        } finally {
            stream.cancel(false);
            end(timer);
        }
    }

    private static void end(ScheduledExecutorService timer) {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The last Observation was not stored within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    int stored() {
        return stored.size();
    }

    /** From each stored pulse to the first result that rests on it, for those that have one. */
    Timings answered() {
        var first = new HashMap<String, Instant>();
        var page = rest.get("RiskAssessment?_count=" + PAGE + "&_elements=basis");
        while (true) {
            for (var entry : page.path("entry")) {
                note(entry.path("resource"), first);
            }
            var next = next(page);
            if (next.isEmpty()) {
                var timings = new Timings();
                first.forEach((observation, result) ->
                        timings.add(Duration.between(stored.getOrDefault(observation, result), result)));
                return timings;
            }
            page = rest.look(next).answer().orElseThrow();
        }
    }

    private void note(JsonNode risk, Map<String, Instant> first) {
        for (var reference : risk.path("basis").findValuesAsText("reference")) {
            if (stored.containsKey(reference)) {
                first.merge(reference, updated(risk), (one, other) -> one.isBefore(other) ? one : other);
            }
        }
    }

    private static String next(JsonNode page) {
        for (var link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    private static Instant updated(JsonNode resource) {
        return OffsetDateTime.parse(resource.at("/meta/lastUpdated").asText()).toInstant();
    }

    private static String id(int patient) {
        return "stream-" + patient;
    }
}
