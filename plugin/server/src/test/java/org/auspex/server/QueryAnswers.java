package org.auspex.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the searches of docs/querying.md must find and include when {@link QueriedPatients} are stored, and nothing else. */
final class QueryAnswers {

    private static final String EVIDENCE = "8867-4 of n-corrected v2, 9279-1 of n-corrected v1, "
            + "59408-5 of n-corrected v1, 3151-8 of n-corrected v1, 8480-6 of n-corrected v1, "
            + "67775-7 of n-corrected v1, 8310-5 of n-corrected v1";
    private static final String WITHDRAWN = "news2|1.0.0 of n-corrected, withdrawn";
    private static final String AFTERWARDS = "news2|1.0.0 of n-corrected";

    private QueryAnswers() {}

    /** What a search must answer; {@code matches} in their order when it sorts. */
    record Answer(List<String> matches, List<String> included, Optional<Integer> total) {

        static Answer found(String... matches) {
            return new Answer(List.of(matches), List.of(), Optional.empty());
        }

        static Answer counted(int total) {
            return new Answer(List.of(), List.of(), Optional.of(total));
        }

        Answer with(String... resources) {
            return new Answer(
                    matches,
                    Stream.of(resources)
                            .flatMap(r -> Stream.of(r.split("(?<=v\\d), ")))
                            .toList(),
                    total);
        }
    }

    /** By the heading of the page, one for each search below it. */
    static Map<String, List<Answer>> all() {
        var answers = new LinkedHashMap<String, List<Answer>>();
        answers.put(
                "Which patients are above 20 % by GRACE now?",
                List.of(Answer.found("grace-in-hospital|1.0.0 of g-high", "grace-in-hospital|1.1.0 of g-next")
                        .with("g-high", "g-next")));
        answers.put(
                "Whom does NEWS2 put at medium or high risk?",
                List.of(
                        Answer.found("news2|1.0.0 of n-ill").with("n-ill"),
                        Answer.found("1104051000000101 of n-ill v1")));
        answers.put(
                "Who is at high risk of death, whichever model says so?",
                List.of(
                        Answer.found(
                                        "grace-in-hospital|1.0.0 of g-high",
                                        "grace-in-hospital|1.0.0 of g-old",
                                        "grace-in-hospital|1.1.0 of g-next")
                                .with("g-high", "g-old", "g-next"),
                        Answer.found("prevent|1.0.0 of v-risk")));
        answers.put(
                "What did a model say about this patient, newest first?", List.of(Answer.found(AFTERWARDS, WITHDRAWN)));
        var ofThatVersion = Answer.found(
                "grace-in-hospital|1.0.0 of g-high",
                "grace-in-hospital|1.0.0 of g-low",
                "grace-in-hospital|1.0.0 of g-better");
        answers.put(
                "Which results of version 1.0.0 are from since Monday?",
                List.of(ofThatVersion, ofThatVersion.with("Device/auspex-grace-in-hospital-1.0.0")));
        answers.put(
                "What rests on this Observation?",
                List.of(
                        Answer.found(AFTERWARDS, WITHDRAWN),
                        Answer.found("8867-4 of n-corrected v2")
                                .with(
                                        AFTERWARDS,
                                        WITHDRAWN,
                                        "the making of " + AFTERWARDS,
                                        "the making of " + WITHDRAWN,
                                        "the withdrawal of " + WITHDRAWN),
                        Answer.found(AFTERWARDS),
                        Answer.found(AFTERWARDS, WITHDRAWN)));
        answers.put(
                "What does this result rest on, and who said it?",
                List.of(Answer.found(WITHDRAWN)
                        .with(
                                EVIDENCE,
                                "Device/auspex-news2-1.0.0",
                                "the making of " + WITHDRAWN,
                                "the withdrawal of " + WITHDRAWN)));
        answers.put("Who was withdrawn, and why?", List.of(withdrawals("n-error", "n-corrected", "n-deleted")));
        var happened = Answer.found(
                "the making of " + WITHDRAWN, "the withdrawal of " + WITHDRAWN, "the making of " + AFTERWARDS);
        answers.put("What happened to this patient's results?", List.of(happened, Answer.found()));
        answers.put(
                "What has a person confirmed, and what waits?",
                List.of(
                        Answer.found("news2|1.0.0 of n-confirmed, confirmed", "news2|1.0.0 of n-doubted, confirmed"),
                        Answer.found("news2|1.0.0 of n-quiet", "news2|1.0.0 of n-ill", AFTERWARDS)));
        answers.put(
                "Which confirmed results rest on evidence that no longer stands?",
                List.of(Answer.found("a question about news2|1.0.0 of n-doubted, confirmed")
                        .with("news2|1.0.0 of n-doubted, confirmed", "n-doubted")));
        answers.put(
                "Which models have spoken here, and what did one of them say?",
                List.of(
                        Answer.found(
                                "Device/auspex-chest-pain-pathway-1.0.0",
                                "Device/auspex-grace-in-hospital-1.0.0",
                                "Device/auspex-grace-in-hospital-1.1.0",
                                "Device/auspex-news2-1.0.0",
                                "Device/auspex-prevent-1.0.0",
                                "Device/auspex-troponin-0-1h-1.0.0"),
                        Answer.found("Device/auspex-prevent-1.0.0").with("prevent|1.0.0 of v-risk")));
        answers.put("How many results are there since Monday?", List.of(Answer.counted(4)));
        answers.put(
                "What was measured, without what an AI said?", List.of(Answer.found(EVIDENCE.split(", ")), happened));
        answers.put("In a host server", List.of(Answer.found(AFTERWARDS)));
        return answers;
    }

    private static Answer withdrawals(String... patients) {
        var results = Stream.of(patients)
                .map(patient -> "news2|1.0.0 of " + patient + ", withdrawn")
                .toList();
        var scores = Stream.of(patients).map(patient -> "1104051000000101 of " + patient + " v2");
        return Answer.found(results.stream()
                        .map(result -> "the withdrawal of " + result)
                        .toArray(String[]::new))
                .with(Stream.of(results.stream(), scores, Stream.of(patients))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }
}
