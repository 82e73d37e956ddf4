package org.auspex.language.documents;

import com.ibm.icu.text.CharsetDetector;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auspex.language.documents.DocumentRefused.Reason;

/** Bytes become characters by the charset that is declared; what does not fit it is refused, for a wrong charset changes what a note says. */
final class Characters {

    /** Charsets by whose name their supersets are meant. */
    private static final Map<String, String> MEANT = Map.of(
            "gb2312", "GB18030",
            "gbk", "GB18030",
            "x-gbk", "GB18030",
            "iso-8859-1", "windows-1252",
            "us-ascii", "windows-1252");

    /** Guesses that are believed; those of Western charsets differ by single signs, such as the degree. */
    private static final Set<String> GUESSED = Set.of("GB18030", "Big5");

    private static final int SURE = 50;

    /** So many bytes beyond ASCII are not UTF-8 by chance. */
    private static final int NO_CHANCE = 16;

    /** One in so many characters may be a replacement character. */
    private static final int READABLE = 100;

    private Characters() {}

    /**
     * @param declared beside the bytes or in them
     * @throws DocumentRefused if the bytes are no text in that charset, or none is declared and it cannot be told
     */
    static String decode(byte[] bytes, Optional<String> declared) {
        var marked = mark(bytes);
        var text = marked.isPresent()
                ? strictly(bytes, marked.get(), marked.get().name()).substring(1)
                : declared.map(name -> declared(bytes, name)).orElseGet(() -> undeclared(bytes));
        checkReadable(text);
        return text;
    }

    private static Optional<Charset> mark(byte[] bytes) {
        if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return starts(bytes, 0xFF, 0xFE) ? Optional.of(StandardCharsets.UTF_16LE) : Optional.empty();
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static String declared(byte[] bytes, String name) {
        var charset = charset(name);
        if (!charset.equals(StandardCharsets.UTF_8)
                && beyondAscii(bytes) >= NO_CHANCE
                && attempt(bytes, StandardCharsets.UTF_8).isPresent()) {
            throw new DocumentRefused(
                    Reason.CHARSET,
                    "The attachment is declared as %s, but its bytes are UTF-8. Correct its charset".formatted(name));
        }
        return strictly(bytes, charset, name);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(MEANT.getOrDefault(name.strip().toLowerCase(Locale.ROOT), name.strip()));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new DocumentRefused(
                    Reason.CHARSET, "There is no charset '%s'. Send the text as UTF-8".formatted(name), e);
        }
    }

    private static String undeclared(byte[] bytes) {
        return attempt(bytes, StandardCharsets.UTF_8)
                .or(() -> guess(bytes).flatMap(charset -> attempt(bytes, charset)))
                .orElseThrow(() -> new DocumentRefused(
                        Reason.CHARSET,
                        "The attachment declares no charset, is not UTF-8, and which else cannot be told. "
                                + "Name the charset in its contentType: text/plain; charset=…"));
    }

    private static Optional<Charset> guess(byte[] bytes) {
        var match = new CharsetDetector().setText(bytes).detect();
        return match != null && match.getConfidence() >= SURE && GUESSED.contains(match.getName())
                ? Optional.of(Charset.forName(match.getName()))
                : Optional.empty();
    }

    private static String strictly(byte[] bytes, Charset charset, String name) {
        return attempt(bytes, charset)
                .orElseThrow(() -> new DocumentRefused(
                        Reason.CHARSET,
                        "The attachment is declared as %s, but its bytes are not. Correct its charset"
                                .formatted(name)));
    }

    private static Optional<String> attempt(byte[] bytes, Charset charset) {
        try {
            CharBuffer decoded = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return Optional.of(decoded.toString());
        } catch (CharacterCodingException e) {
            // Not this charset: the caller tries another, or refuses.
            return Optional.empty();
        }
    }

    private static int beyondAscii(byte[] bytes) {
        var count = 0;
        for (byte value : bytes) {
            if (value < 0) {
                count++;
            }
        }
        return count;
    }

    private static void checkReadable(String text) {
        var replaced = 0;
        for (int i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (Character.isISOControl(character) && !Character.isWhitespace(character) && character != '\u0085') {
                throw new DocumentRefused(
                        Reason.BINARY,
                        "Character %d of the attachment is the control character U+%04X, so it is no text. Correct its contentType"
                                .formatted(i, (int) character));
            }
            if (character == '\uFFFD') {
                replaced++;
            }
        }
        if (replaced > text.length() / READABLE) {
            throw new DocumentRefused(
                    Reason.CHARSET,
                    "%d of %d characters were lost before the document came here. Send it again from its source"
                            .formatted(replaced, text.length()));
        }
    }
}
