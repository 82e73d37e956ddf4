package org.auspex.kernel.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auspex.kernel.notes.NotedFact.Kind;
import org.auspex.kernel.notes.NotedFact.Said;
import org.auspex.terminology.Code;
import org.auspex.terminology.Substance;
import org.auspex.terminology.Units;
import org.junit.jupiter.api.Test;

class StandardisationTest {

    private static final Instant WRITTEN = Instant.parse("2026-01-15T08:00:00Z");
    private static final Wanted PROBLEMS = wanted(Kind.PROBLEM);

    private int place;

    @Test
    void writesOnlyWhatIsSaidForCertainOfThePatient() {
        var facts = of(
                List.of(PROBLEMS),
                problem("asthma", Said.PRESENT),
                problem("gout", Said.NEGATED),
                problem("stroke", Said.HISTORICAL),
                problem("sepsis", Said.UNCERTAIN),
                problem("obesity", Said.FAMILY),
                problem("anaemia", Said.PLANNED));

        assertThat(facts.stream().map(StandardisationTest::brief))
                .containsExactly(
                        "asthma PRESENT", "gout NEGATED", "stroke HISTORICAL", "UNCERTAIN", "FAMILY", "PLANNED");
    }

    @Test
    void writesNothingThatIsSaidTwoWays() {
        var facts = of(
                List.of(PROBLEMS),
                problem("asthma", Said.PRESENT),
                problem("asthma", Said.NEGATED),
                problem("gout", Said.PRESENT),
                problem("gout", Said.HISTORICAL));

        assertThat(facts.stream().map(StandardisationTest::brief))
                .containsExactly("CONTRADICTED", "CONTRADICTED", "gout PRESENT", "gout PRESENT");
        assertThat(facts.get(2).record()).isEqualTo(facts.get(3).record());
    }

    @Test
    void doesNotLetASuspicionContradict() {
        var facts = of(List.of(PROBLEMS), problem("asthma", Said.NEGATED), problem("asthma", Said.UNCERTAIN));

        assertThat(facts.stream().map(StandardisationTest::brief)).containsExactly("asthma NEGATED", "UNCERTAIN");
    }

    @Test
    void refusesWordsThatMeanSeveralThings() {
        var words = new NotedFact.Words("MI", 3, 5);
        var facts = of(
                List.of(PROBLEMS),
                fact(Kind.PROBLEM, "infarction", List.of(new Code("s", "1")), Said.PRESENT, Optional.empty(), words),
                fact(
                        Kind.PROBLEM,
                        "mitral-insufficiency",
                        List.of(new Code("s", "2")),
                        Said.PRESENT,
                        Optional.empty(),
                        words));

        assertThat(facts.stream().map(StandardisationTest::brief)).containsExactly("AMBIGUOUS", "AMBIGUOUS");
        assertThat(facts.get(0).reason()).isEqualTo("it means infarction, or mitral-insufficiency");
    }

    @Test
    void convertsValuesOrSaysWhyNot() {
        var glucose = new Wanted(
                Optional.empty(),
                Optional.of("glucose"),
                Optional.of("mg/dL"),
                Optional.of(Substance.GLUCOSE),
                Optional.of(new BigDecimal(5)),
                Optional.of(new BigDecimal(2000)));
        var facts = of(
                List.of(glucose),
                test("glucose", "5.5", "mmol/L"),
                test("glucose", "101", "mg/dL"),
                test("glucose", "5.5", ""),
                test("glucose", "5.5", "kg"),
                test("glucose", "550", "mmol/L"),
                test("sodium", "140", "mmol/L"));

        assertThat(facts.get(0).amount().orElseThrow().number()).isEqualByComparingTo("99.088");
        assertThat(facts.get(0).amount().orElseThrow().unit()).contains("mg/dL");
        assertThat(facts.get(1).amount().orElseThrow().number()).isEqualByComparingTo("101");
        assertThat(facts.stream().skip(2).map(fact -> fact.refusal().orElseThrow()))
                .containsExactly(Refusal.WITHOUT_UNIT, Refusal.NOT_CONVERTIBLE, Refusal.IMPLAUSIBLE, Refusal.NOT_ASKED);
        assertThat(facts.get(4).reason()).isEqualTo("9908.8 mg/dL is outside of 5 to 2000 mg/dL");
    }

    @Test
    void takesNoValueWhoseTimeNobodyKnows() {
        var any = List.of(wanted(Kind.TEST));
        var dated = test("sodium", "140", "mmol/L");

        assertThat(new Standardisation(any, new Units())
                        .of(new ReadNote("DocumentReference/1", 0, "", Optional.empty(), List.of(dated)))
                        .get(0)
                        .refusal())
                .contains(Refusal.WITHOUT_TIME);
        assertThat(of(any, dated).get(0).record()).isPresent();
    }

    @Test
    void takesAPressureWithBothItsValuesOnly() {
        var code = List.of(new Code("http://loinc.org", "85354-9"));
        var both = new Amount(
                "", new BigDecimal(145), Optional.of(new BigDecimal(90)), Optional.of("mm[Hg]"), "145/90mmHg");
        var one = new Amount("", new BigDecimal(145), Optional.empty(), Optional.of("mm[Hg]"), "145mmHg");
        var facts = of(
                List.of(wanted(Kind.TEST)),
                fact(Kind.TEST, "blood-pressure", code, Said.PRESENT, Optional.of(both), words()),
                fact(Kind.TEST, "blood-pressure", code, Said.PRESENT, Optional.of(one), words()));

        assertThat(facts.get(0).amount().orElseThrow().second()).contains(new BigDecimal(90));
        assertThat(facts.get(1).refusal()).contains(Refusal.WITHOUT_VALUE);
    }

    private static List<Standardised> of(List<Wanted> wanted, NotedFact... facts) {
        return new Standardisation(wanted, new Units())
                .of(new ReadNote("DocumentReference/1", 0, "", Optional.of(WRITTEN), List.of(facts)));
    }

    private static Wanted wanted(Kind kind) {
        return new Wanted(
                Optional.of(kind),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String brief(Standardised fact) {
        return fact.record()
                .map(key -> key.name() + " " + key.said())
                .orElseGet(() -> fact.refusal().orElseThrow().name());
    }

    private NotedFact problem(String name, Said said) {
        return fact(Kind.PROBLEM, name, List.of(), said, Optional.empty(), words());
    }

    private NotedFact test(String name, String number, String unit) {
        var amount = new Amount(
                "",
                new BigDecimal(number),
                Optional.empty(),
                Optional.of(unit).filter(known -> !known.isEmpty()),
                number + unit);
        return fact(Kind.TEST, name, List.of(new Code("s", name)), Said.PRESENT, Optional.of(amount), words());
    }

    private NotedFact.Words words() {
        return new NotedFact.Words("words", place++, place + 5);
    }

    private static NotedFact fact(
            Kind kind, String name, List<Code> codes, Said said, Optional<Amount> amount, NotedFact.Words words) {
        return new NotedFact(
                kind, name, name, codes, said, amount, Optional.empty(), Optional.empty(), Optional.empty(), words);
    }
}
