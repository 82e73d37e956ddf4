package org.auspex.kernel.model;

import java.util.List;

/**
 * How a network reads text, and what its answer says.
 *
 * @param tokenizer a {@code tokenizer.json} of Hugging Face's tokenizers
 * @param most pieces that the network sees at once, those that begin and end a text included; longer text is read in windows
 */
public record TextReading(EngineSpec.Weights tokenizer, int most, Says says) {

    /** The pieces' numbers, [texts, pieces]. */
    public static final String IDS = "input_ids";

    /** 1 for a piece, 0 behind the end of a shorter text. */
    public static final String MASK = "attention_mask";

    /** 0 everywhere: there is one text. */
    public static final String TYPES = "token_type_ids";

    /** What is in one tensor of the answer. */
    public sealed interface Says {
        String tensor();
    }

    /**
     * A number for each label and piece, [texts, pieces, labels], the highest of which is the piece's label.
     *
     * @param labels in the tensor's order: {@code O}, or {@code B-} and {@code I-} with the kind of thing that begins or goes on
     */
    public record Entities(String tensor, List<String> labels) implements Says {

        public Entities {
            labels = List.copyOf(labels);
        }
    }

    /** A vector, [texts, n], or one for each piece, [texts, pieces, n], of which the mean is taken. */
    public record Embedding(String tensor) implements Says {}
}
