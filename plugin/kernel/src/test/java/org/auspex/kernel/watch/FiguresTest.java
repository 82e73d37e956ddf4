package org.auspex.kernel.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auspex.kernel.Answer;
import org.auspex.kernel.evidence.Evidence;
import org.auspex.kernel.evidence.Piece;
import org.auspex.kernel.evidence.Reading;
import org.auspex.kernel.evidence.Subject;
import org.auspex.kernel.features.Feature;
import org.auspex.kernel.features.Input;
import org.auspex.kernel.model.CardReader;
import org.auspex.kernel.model.CardRefused;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.outcome.Outcome;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;

/** What is counted of answers, and the figures that are made of it. */
class FiguresTest {

    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    @Test
    void inputsThatMovedFromTheTrainingShow() throws CardRefused {
        var card = coronary();
        var tallies = new Tallies();
        for (int i = 0; i < 200; i++) {
            // Everybody is old, and the cholesterol of every other is not known.
            tallies.heard(card, List.of(answer(card, 75 + i % 5, i % 2 == 0, 0.7)));
        }

        var watched = new Figures(card, byAbout(tallies.take()), Map.of())
                .of(NOW, Duration.ofDays(1), 100, Watched.Confirmed.NONE);

        assertThat(watched.predictions()).isEqualTo(200);
        assertThat(watched.highRiskPer100()).contains(100.0);
        assertThat(watched.highRiskPerPatientDay()).contains(2.0);
        assertThat(watched.output().orElseThrow().hasMoved()).isTrue();
        assertThat(input(watched, "age").stability().orElseThrow().hasMoved()).isTrue();
        assertThat(input(watched, "cholesterol").missing()).isEqualTo(100);
        assertThat(input(watched, "cholesterol").usuallyMissing().orElseThrow()).isZero();
        assertThat(input(watched, "cholesterol").units().get("mmol/L")).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void addingCountsInAnyOrderGivesTheSame() throws CardRefused {
        var card = coronary();
        var one = new Tallies();
        var other = new Tallies();
        one.heard(card, List.of(answer(card, 60, true, 0.2)));
        other.heard(card, List.of(answer(card, 70, false, 0.9)));
        var ofOne = one.take();
        var ofOther = other.take();

        one.add(ofOne);
        one.add(ofOther);
        other.add(ofOther);
        other.add(ofOne);

        assertThat(one.take()).isEqualTo(other.take());
        assertThat(one.take()).isEmpty();
    }

    @Test
    void whoeverSendsEverNewUnitsFillsNoMemory() throws CardRefused {
        var card = coronary();
        var tallies = new Tallies();
        for (int i = 0; i < 500; i++) {
            tallies.heard(card, List.of(answer(card, 60, false, 0.2, "10*" + i + ".g/L")));
        }

        assertThat(tallies.take().keySet().stream()
                        .filter(count -> count.about().equals("unit/cholesterol")))
                .hasSize(11)
                .anyMatch(count -> count.bin().equals("other"));
    }

    @Test
    void answersThatCouldNotBeStoredAreNotCounted() throws CardRefused {
        var card = coronary();
        var tallies = new Tallies();
        var kept = answer(card, 60, false, 0.2);

        tallies.heard(
                card,
                List.of(new Answer(
                        kept.evidence(),
                        kept.outcome(),
                        Optional.empty(),
                        Optional.of(new IllegalStateException("full")))));

        assertThat(tallies.take()).isEmpty();
    }

    private static Watched.WatchedInput input(Watched watched, String name) {
        return watched.inputs().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Map<String, Long>> byAbout(Map<Count, Long> counts) {
        var all = new LinkedHashMap<String, Map<String, Long>>();
        counts.forEach((count, number) -> all.computeIfAbsent(count.about(), first -> new LinkedHashMap<>())
                .put(count.bin(), number));
        return all;
    }

    private static ModelCard coronary() throws CardRefused {
        return new CardReader(new Units(), List.of()).read(Path.of("../../testdata/models/coronary-disease/1.0.0"));
    }

    private static Answer answer(ModelCard card, double age, boolean cholesterolIsMissing, double probability) {
        return answer(card, age, cholesterolIsMissing, probability, "mmol/L");
    }

    private static Answer answer(
            ModelCard card, double age, boolean cholesterolIsMissing, double probability, String unit) {
        var readings = new ArrayList<Reading>();
        for (Input input : card.requirements().inputs()) {
            var isCholesterol = input.name().equals("cholesterol");
            Feature feature = isCholesterol && cholesterolIsMissing
                    ? new Feature.Missing("not in the record")
                    : input.isCategorical()
                            ? new Feature.Categorical(input.categories().get(0).name(), 0)
                            : new Feature.Numeric(input.name().equals("age") ? age : isCholesterol ? 250 : 1);
            var pieces = isCholesterol && !cholesterolIsMissing
                    ? List.of(new Piece(input.name(), "Observation/1", "6.5 " + unit, Optional.of(unit)))
                    : List.<Piece>of();
            readings.add(new Reading(input.name(), feature, pieces, List.of()));
        }
        var output = card.output();
        var outcome = new Outcome.Risk(
                List.of(new Outcome.Chance(output, probability, output.band(100 * probability, 0, formula -> false))));
        var evidence = new Evidence(Subject.patient("Patient/1"), NOW, Optional.empty(), readings);
        return new Answer(evidence, outcome, Optional.empty(), Optional.empty());
    }
}
