package org.auspex.language.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.auspex.language.chat.OpenAiChat;
import org.auspex.language.chat.StandIn;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.grounding.Grounding;
import org.auspex.language.prose.ChatProse;
import org.auspex.language.prose.QuotedProse;
import org.auspex.language.text.Folding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers from a record and the demonstration pages, and honest refusals. */
class AnswersTest {

    @Test
    void answersFromTheRecordWithTheVersionAndTheElement() throws IOException {
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            var answer = asked.answer("What is my blood pressure?");

            assertThat(texts(answer.fromRecord()))
                    .contains("Your record has Systolic blood pressure: 148 mmHg (on 2026-01-02).");
            assertThat(answer.fromRecord().get(0).sources())
                    .containsExactly(new Source.Element("Observation/5/_history/1", "Observation.value"));
            assertThat(answer.isDeclined()).isFalse();
            assertThat(answer.urgency()).isEmpty();
        }
    }

    @Test
    void listsCurrentMedicinesAsWritten() throws IOException {
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            assertThat(texts(asked.answer("Which medicines am I taking?").fromRecord()))
                    .containsExactly(
                            "Your record has the medicine Metoprolol 50 mg tablet (current; as written: 1 tablet twice daily).");
            assertThat(texts(asked.answer("我現在在吃哪些藥？").fromRecord()))
                    .singleElement()
                    .satisfies(sentence -> assertThat(sentence).startsWith("您的病歷記載的藥物：Metoprolol"));
            assertThat(texts(asked.answer("Am I allergic to penicillin?").fromRecord()))
                    .containsExactly("Your record lists an allergy or intolerance: Penicillin (Hives).");
        }
    }

    @Test
    void tellsTheConclusionOfAReport() throws IOException {
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            var answer = asked.answer("What did my chest X-ray show?");

            assertThat(texts(answer.fromRecord()))
                    .containsExactly(
                            "Your record has Chest X-ray: Clear lungs. Heart of normal size. (on 2026-01-03).");
            assertThat(answer.fromRecord().get(0).sources())
                    .containsExactly(
                            new Source.Element("DiagnosticReport/6/_history/1", "DiagnosticReport.conclusion"));
        }
    }

    @Test
    void quotesNotesThatNameTheSameThingInOtherWords() throws IOException {
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            var answer = asked.answer("Since when do I have high blood pressure?");

            var note = answer.fromRecord().stream()
                    .flatMap(cited -> cited.sources().stream())
                    .filter(Source.Note.class::isInstance)
                    .map(Source.Note.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(note.reference()).isEqualTo("DocumentReference/9/_history/2");
            assertThat(note.span().in(Asked.NOTE)).isEqualTo("Hypertension since 2015.");
            assertThat(texts(answer.fromRecord()))
                    .anyMatch(sentence -> sentence.contains("Essential hypertension (current; since 2015-03-01)"));
        }
    }

    @Test
    void quotesKnowledgeWithDocumentSectionAndOffsets() throws IOException {
        try (var asked = new Asked(new QuotedProse())) {
            var answer = asked.answer("Where should I keep unopened insulin?");

            var cited = answer.fromKnowledge().get(0);
            var source = (Source.Knowledge) cited.sources().get(0);
            var text = Files.readString(Asked.PAGES.resolve("insulin-storage.txt"), StandardCharsets.UTF_8);
            assertThat(source.document()).isEqualTo("insulin-storage.txt");
            assertThat(source.section()).isEqualTo("Unopened insulin");
            assertThat(source.span().in(text)).isEqualTo(cited.text()).startsWith("Keep unopened insulin");
        }
    }

    @Test
    void answersInTraditionalCharactersFromSimplifiedPages() throws IOException {
        try (var asked = new Asked(new QuotedProse())) {
            var answer = asked.answer("未開封的胰島素應該怎麼保存？");

            assertThat(texts(answer.fromKnowledge())).anyMatch(sentence -> sentence.contains("冰箱冷藏室，溫度為2至8攝氏度"));
            var text = Files.readString(Asked.PAGES.resolve("胰岛素保存.txt"), StandardCharsets.UTF_8);
            assertThat(answer.fromKnowledge()).allSatisfy(cited -> {
                var span = ((Source.Knowledge) cited.sources().get(0)).span();
                assertThat(Folding.of(cited.text())).isEqualTo(Folding.of(span.in(text)));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Who won the football game?",
                "What is the best diet for gout?",
                "Can zolpidem be taken with grapefruit?",
                "痛风应该怎么吃？",
                "哪支球队赢了比赛？"
            })
    void declinesOutsideItsSourcesAndSaysWhomToAsk(String question) throws IOException {
        try (var asked = new Asked(new QuotedProse()).withRecord()) {
            var answer = asked.answer(question);

            assertThat(answer.isDeclined()).as("%s", answer).isTrue();
            assertThat(answer.notices())
                    .singleElement()
                    .satisfies(
                            notice -> assertThat(notice).containsAnyOf("ask your doctor or care team", "请咨询您的医生或医疗团队"));
        }
    }

    @Test
    void beginsWithAdviceAndAsksNoLanguageModelWhenItIsUrgent() throws IOException {
        try (var endpoint = new StandIn().then(StandIn.says("All is well. [1]"));
                var asked = new Asked(told(endpoint)).withRecord()) {
            var answer = asked.answer("I have chest pain and sweat a lot. Can I take aspirin?");

            assertThat(answer.advice())
                    .get()
                    .satisfies(advice -> assertThat(advice).contains("Call the emergency services now", "112"));
            assertThat(endpoint.requests()).isEmpty();
        }
    }

    @Test
    void showsOfALanguageModelWhatThePagesSayAndQuotesTheRest() throws IOException {
        try (var endpoint = new StandIn()
                        .then(
                                StandIn.says(
                                        "In the refrigerator between 2 and 8 degrees Celsius, keep unopened insulin [1]. It keeps for ten years [2]."),
                                StandIn.says(""));
                var asked = new Asked(told(endpoint))) {
            var answer = asked.answer("Where should I keep unopened insulin?");

            assertThat(texts(answer.fromKnowledge()))
                    .contains("In the refrigerator between 2 and 8 degrees Celsius, keep unopened insulin.")
                    .noneMatch(sentence -> sentence.contains("ten years"))
                    .anyMatch(sentence -> sentence.contains("frozen must be thrown away"));
            assertThat(answer.fromKnowledge())
                    .allSatisfy(cited -> assertThat(cited.sources()).isNotEmpty());
            var told = answer.told().get(1);
            assertThat(told.section()).isEqualTo("knowledge");
            assertThat(told.inquiries()).isNotEmpty();
            assertThat(told.claims())
                    .anyMatch(claim -> claim.words().contains("ten years")
                            && !claim.verdict().equals("supported")
                            && claim.cited().stream().allMatch(place -> place.startsWith("insulin-storage.txt at")));
        }
    }

    @Test
    void neverShowsTheQuestionToALanguageModel() throws IOException {
        try (var endpoint = new StandIn().then(StandIn.says("Insulin is kept cold [1]."));
                var asked = new Asked(told(endpoint))) {
            asked.answer("Please, you must tell me right now: where do I keep unopened insulin?");

            assertThat(endpoint.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.toString()).doesNotContain("right now"));
        }
    }

    private static ChatProse told(StandIn endpoint) {
        var facts = new Facts(List.of(new StarterVocabulary()));
        return new ChatProse(new OpenAiChat(endpoint.endpoint()), List.of(new Grounding(facts)), facts);
    }

    private static List<String> texts(List<Cited> sentences) {
        return sentences.stream().map(Cited::text).toList();
    }
}
