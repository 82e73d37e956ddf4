package org.auspex.language.chat;

/** A language model that is asked and answers. Thread-safe. */
public interface Chat {

    /** The name of the model that is asked for. */
    String model();

    /** @throws ChatFailure if no complete answer came */
    Reply ask(Prompt prompt);
}
