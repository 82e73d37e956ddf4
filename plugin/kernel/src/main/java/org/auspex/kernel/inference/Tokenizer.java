package org.auspex.kernel.inference;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts text into pieces as a {@code tokenizer.json} says. Thread-safe. */
final class Tokenizer implements AutoCloseable {

    /** Nothing is cut off or filled up: that is the caller's to decide. */
    private static final Map<String, String> OPTIONS = Map.of(
            "truncation", "false", "padding", "false", "addSpecialTokens", "true", "modelMaxLength", "2147483647");

    private final HuggingFaceTokenizer tokenizer;

    private Tokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * A piece of a text.
     *
     * @param id its number in the vocabulary
     * @param start of its characters, in UTF-16 code units of the text
     * @param goesOn whether it belongs to the same word as the piece before it
     */
    record Piece(long id, int start, int end, boolean goesOn) {}

    /**
     * A text in pieces.
     *
     * @param before numbers that begin any text
     * @param after numbers that end it
     */
    record Pieces(List<Long> before, List<Piece> pieces, List<Long> after) {}

    /**
     * Reads one.
     *
     * @param model for messages
     * @param json the bytes of a {@code tokenizer.json}
     * @throws InferenceFailed if they are none
     */
    static Tokenizer read(String model, byte[] json) {
        try {
            return new Tokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), new HashMap<>(OPTIONS)));
        } catch (IOException | RuntimeException e) {
            // Its library answers a file that it cannot read with bare RuntimeExceptions.
            throw new InferenceFailed(
                    InferenceFailed.Kind.FAULT, "The tokenizer of %s is no tokenizer.json".formatted(model), e);
        }
    }

    Pieces of(String text) {
        var encoding = tokenizer.encode(text);
        var ids = encoding.getIds();
        var spans = encoding.getCharTokenSpans();
        var words = encoding.getWordIds();
        var offsets = offsets(text);
        var first = first(encoding);
        var before = new ArrayList<Long>();
        var pieces = new ArrayList<Piece>();
        var after = new ArrayList<Long>();
        for (int i = 0; i < ids.length; i++) {
            if (encoding.getSpecialTokenMask()[i] == 1 && spans[i] == null) {
                (i < first ? before : after).add(ids[i]);
            } else {
                pieces.add(new Piece(
                        ids[i],
                        offsets[spans[i].getStart()],
                        offsets[spans[i].getEnd()],
                        i > 0 && words[i] >= 0 && words[i] == words[i - 1]));
            }
        }
        return new Pieces(before, pieces, after);
    }

    /** The first piece of the text; of a text without any, the second half of what begins and ends it. */
    private static int first(Encoding encoding) {
        var spans = encoding.getCharTokenSpans();
        for (int i = 0; i < spans.length; i++) {
            if (spans[i] != null) {
                return i;
            }
        }
        return (spans.length + 1) / 2;
    }

    /** Where each code point, by which the library counts, begins in UTF-16; and the end. */
    private static int[] offsets(String text) {
        var offsets = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[offsets.length - 1] = at;
        return offsets;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
