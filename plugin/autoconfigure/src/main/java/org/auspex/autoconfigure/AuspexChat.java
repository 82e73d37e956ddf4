package org.auspex.autoconfigure;

import java.util.List;
import java.util.Optional;
import org.auspex.kernel.inference.Diagnostician;
import org.auspex.language.chat.Chat;
import org.auspex.language.chat.OpenAiChat;
import org.auspex.language.differential.ChatDiagnostician;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.PaediatricVocabulary;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.facts.Vocabulary;
import org.auspex.language.grounding.Check;
import org.auspex.language.grounding.Grounding;
import org.auspex.language.prose.ChatEntailment;
import org.auspex.language.prose.ChatProse;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.QuotedProse;
import org.auspex.language.prose.Tally;
import org.springframework.context.annotation.Bean;

/** What a language model is asked, where one is configured. */
class AuspexChat {

    /** The one client of the endpoint, whose limits hold for all that is asked. */
    record Endpoint(Optional<Chat> chat) {}

    @Bean
    Endpoint auspexChatEndpoint(AuspexSettings settings) {
        return new Endpoint(settings.chat().endpoint().map(OpenAiChat::new));
    }

    /** What language models said since the start. */
    @Bean
    Tally auspexTally() {
        return new Tally();
    }

    @Bean
    Prose auspexProse(Endpoint endpoint, AuspexSettings settings) {
        return endpoint.chat()
                .<Prose>map(chat -> told(chat, settings.chat().entailment()))
                .orElseGet(QuotedProse::new);
    }

    private static Prose told(Chat chat, boolean entailment) {
        var facts = new Facts(List.of(new StarterVocabulary()));
        var grounding = new Grounding(facts);
        List<Check> checks = entailment ? List.of(grounding, new ChatEntailment(chat)) : List.of(grounding);
        return new ChatProse(chat, checks, facts);
    }

    @Bean
    Diagnostician auspexDiagnostician(Endpoint endpoint, Tally tally) {
        List<Vocabulary> vocabularies = List.of(new StarterVocabulary(), new PaediatricVocabulary());
        return endpoint.chat()
                .<Diagnostician>map(chat ->
                        new ChatDiagnostician(chat, new Grounding(new Facts(vocabularies)), vocabularies, tally))
                .orElse(Diagnostician.NONE);
    }
}
