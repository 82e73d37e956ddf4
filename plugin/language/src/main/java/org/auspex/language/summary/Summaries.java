package org.auspex.language.summary;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.facts.Assertion;
import org.auspex.language.facts.Fact;
import org.auspex.language.facts.FactKind;
import org.auspex.language.facts.Facts;
import org.auspex.language.text.SectionKind;
import org.auspex.language.text.Sections;
import org.auspex.language.text.Sentences;

/**
 * Makes documents short by quoting them, without a language model. Where a document says nothing of a section, the section is empty: nothing
 * is inferred. Which finding speaks for which diagnosis is not known; the grounds are what the note reports as present.
 */
public final class Summaries {

    private static final SectionKind[] COMPLAINT = {SectionKind.CHIEF_COMPLAINT, SectionKind.INDICATION};
    private static final SectionKind[] HISTORY = {
        SectionKind.PAST_HISTORY,
        SectionKind.PROCEDURES,
        SectionKind.MEDICATIONS,
        SectionKind.ALLERGIES,
        SectionKind.PERSONAL_HISTORY,
        SectionKind.FAMILY_HISTORY
    };
    private static final SectionKind[] EXAMINED = {SectionKind.VITAL_SIGNS, SectionKind.PHYSICAL_EXAMINATION};
    private static final SectionKind[] TESTED = {SectionKind.TESTS, SectionKind.FINDINGS};
    private static final SectionKind[] DIAGNOSED = {SectionKind.DIAGNOSIS, SectionKind.IMPRESSION};
    private static final SectionKind[] PLANNED = {
        SectionKind.PLAN, SectionKind.ASSESSMENT_AND_PLAN, SectionKind.INSTRUCTIONS
    };

    /** Chinese notes have them in the past history. */
    private static final Pattern ALLERGY = Pattern.compile("(?i)allerg|过敏|過敏");

    private final Facts facts;
    private final Sections sections = new Sections();
    private final Sentences sentences = new Sentences();
    private final Titles titles = new Titles();

    public Summaries(Facts facts) {
        this.facts = facts;
    }

    public Summary of(DocumentText document, Style style, Tongue tongue) {
        var text = document.text();
        var note = new Note(text, sections.of(text), facts.of(text).facts(), sentences);
        return switch (style) {
            case BRIEF -> brief(note, tongue);
            case FIRST_COURSE_RECORD -> firstCourseRecord(note, tongue);
        };
    }

    private Summary brief(Note note, Tongue tongue) {
        return new Summary(
                Style.BRIEF,
                tongue,
                title("brief", tongue),
                List.of(
                        part("complaint", tongue, note.all(COMPLAINT)),
                        part("illness", tongue, note.opening(Summaries::isIllness, SectionKind.PRESENT_ILLNESS)),
                        part("history", tongue, known(note)),
                        part("diagnosis", tongue, diagnosis(note)),
                        part("findings", tongue, present(note, EXAMINED, TESTED)),
                        part("plan", tongue, note.all(PLANNED))));
    }

    private Summary firstCourseRecord(Note note, Tongue tongue) {
        var features = new Part(
                title("features", tongue),
                List.of(),
                List.of(
                        part("complaint", tongue, note.all(COMPLAINT)),
                        part("illness", tongue, note.all(SectionKind.PRESENT_ILLNESS)),
                        part("history", tongue, note.all(HISTORY)),
                        part("examination", tongue, note.notable(Summaries::isShown, EXAMINED)),
                        part("tests", tongue, note.notable(fact -> true, TESTED))));
        var discussion = new Part(
                title("discussion", tongue),
                List.of(),
                List.of(
                        part("diagnosis", tongue, concluded(note)),
                        part("grounds", tongue, grounds(note)),
                        part("differential", tongue, note.all(SectionKind.ASSESSMENT))));
        return new Summary(
                Style.FIRST_COURSE_RECORD,
                tongue,
                title("first-course-record", tongue),
                List.of(features, discussion, part("plan", tongue, note.all(PLANNED))));
    }

    /** Where no section is about the diagnosis alone, the assessment is. */
    private static List<Quotation> diagnosis(Note note) {
        var diagnosed = note.all(DIAGNOSED);
        return diagnosed.isEmpty() ? note.all(SectionKind.ASSESSMENT) : diagnosed;
    }

    private static List<Quotation> concluded(Note note) {
        var diagnosed = note.all(DIAGNOSED);
        return diagnosed.isEmpty() ? note.all(SectionKind.ASSESSMENT_AND_PLAN) : diagnosed;
    }

    /** The complaint, what names a diagnosis elsewhere, and what examination and tests report as present. */
    private static List<Quotation> grounds(Note note) {
        Set<String> diagnosed = note.factsIn(SectionKind.DIAGNOSIS).stream()
                .map(fact -> fact.concept().name())
                .collect(Collectors.toSet());
        var named = note.naming(
                fact -> diagnosed.contains(fact.concept().name()) && isPatients(fact),
                SectionKind.PRESENT_ILLNESS,
                SectionKind.PAST_HISTORY);
        return Stream.of(note.all(COMPLAINT), named, present(note, EXAMINED, TESTED))
                .flatMap(List::stream)
                .toList();
    }

    /** What somebody who has a minute must know of before: diseases, drugs, allergies. */
    private static List<Quotation> known(Note note) {
        var before = note.naming(fact -> fact.kind() == FactKind.PROBLEM && isPatients(fact), SectionKind.PAST_HISTORY);
        var allergies = note.all(SectionKind.PAST_HISTORY).stream()
                .filter(sentence -> ALLERGY.matcher(sentence.text()).find());
        return Stream.of(before.stream(), allergies, note.all(SectionKind.MEDICATIONS, SectionKind.ALLERGIES).stream())
                .flatMap(sentences -> sentences)
                .distinct()
                .sorted(Comparator.comparing(Quotation::source))
                .toList();
    }

    private static List<Quotation> present(Note note, SectionKind[]... kinds) {
        return Stream.of(kinds)
                .flatMap(among -> note.naming(Summaries::isIllness, among).stream())
                .toList();
    }

    private static boolean isIllness(Fact fact) {
        return isShown(fact) && (fact.kind() == FactKind.PROBLEM || fact.kind() == FactKind.FINDING);
    }

    private static boolean isShown(Fact fact) {
        return fact.assertion() == Assertion.PRESENT || fact.assertion() == Assertion.UNCERTAIN;
    }

    private static boolean isPatients(Fact fact) {
        return fact.assertion() != Assertion.NEGATED && fact.assertion() != Assertion.FAMILY;
    }

    private Part part(String name, Tongue tongue, List<Quotation> quotations) {
        return new Part(title(name, tongue), quotations, List.of());
    }

    private String title(String name, Tongue tongue) {
        return titles.of(name, tongue);
    }
}
