package org.auspex.language.chat;

/** A language model that is asked and answers. Thread-safe. */
public interface Chat {

    /** @throws ChatFailure if no complete answer came */
    Reply ask(Prompt prompt);
}
