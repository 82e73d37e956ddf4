package org.auspex.autoconfigure;

import java.util.List;
import org.auspex.language.chat.Endpoint;
import org.auspex.language.chat.OpenAiChat;
import org.auspex.language.facts.Facts;
import org.auspex.language.facts.StarterVocabulary;
import org.auspex.language.grounding.Check;
import org.auspex.language.grounding.Grounding;
import org.auspex.language.prose.ChatEntailment;
import org.auspex.language.prose.ChatProse;
import org.auspex.language.prose.Prose;
import org.auspex.language.prose.QuotedProse;
import org.auspex.language.prose.Tally;
import org.springframework.context.annotation.Bean;

/** What is told in the words of a language model, where one is configured. */
class AuspexChat {

    /** What language models said since the start. */
    @Bean
    Tally auspexTally() {
        return new Tally();
    }

    @Bean
    Prose auspexProse(AuspexSettings settings) {
        var chat = settings.chat();
        return chat.endpoint()
                .<Prose>map(endpoint -> told(endpoint, chat.entailment()))
                .orElseGet(QuotedProse::new);
    }

    private static Prose told(Endpoint endpoint, boolean entailment) {
        var chat = new OpenAiChat(endpoint);
        var facts = new Facts(List.of(new StarterVocabulary()));
        var grounding = new Grounding(facts);
        List<Check> checks = entailment ? List.of(grounding, new ChatEntailment(chat)) : List.of(grounding);
        return new ChatProse(chat, checks, facts);
    }
}
