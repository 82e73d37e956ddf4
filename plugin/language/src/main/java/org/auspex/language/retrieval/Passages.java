package org.auspex.language.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.auspex.language.documents.DocumentText;
import org.auspex.language.text.Folding;
import org.auspex.language.text.Sentences;
import org.auspex.language.text.Span;

/**
 * Cuts a knowledge document into passages: of one section each, at most {@value #SENTENCES} sentences. A heading is a line that begins with {@code #}, or a short
 * one that ends no sentence and has text behind it. The first line is the title.
 */
final class Passages {

    private static final int SENTENCES = 5;
    private static final int LONGEST_HEADING = 80;
    private static final int LONGEST_CHINESE_HEADING = 24;
    private static final Pattern LINE = Pattern.compile("[^\\r\\n]+");
    private static final Pattern NO_HEADING = Pattern.compile("[.?!;:,。？！；：，、]\\s*$|^\\s*[-*•·]\\s");
    private static final Pattern MARKS = Pattern.compile("^[#\\s]+|[#\\s]+$");

    private final Sentences sentences = new Sentences();

    /** A heading, and where it stands. */
    private record Heading(String words, Span span) {}

    List<KnowledgePassage> of(String name, DocumentText document) {
        var text = document.text();
        var headings = headings(text);
        var title = headings.isEmpty() || !isFirst(headings.get(0), text)
                ? name
                : headings.get(0).words();
        var hash = document.sha256();
        var passages = new ArrayList<KnowledgePassage>();
        for (int i = -1; i < headings.size(); i++) {
            var from = i < 0 ? 0 : headings.get(i).span().end();
            var to = i + 1 < headings.size() ? headings.get(i + 1).span().start() : text.length();
            var section = i < 0 || headings.get(i).words().equals(title)
                    ? ""
                    : headings.get(i).words();
            var said = sentences.of(text, new Span(from, to));
            for (int at = 0; at < said.size(); at += SENTENCES) {
                var together = said.subList(at, Math.min(said.size(), at + SENTENCES));
                var start = together.get(0).start();
                var words =
                        text.substring(start, together.get(together.size() - 1).end());
                passages.add(
                        new KnowledgePassage(name, title, section, words, start, together, isChinese(words), hash));
            }
        }
        return passages;
    }

    private static boolean isFirst(Heading heading, String text) {
        return text.substring(0, heading.span().start()).isBlank();
    }

    private static List<Heading> headings(String text) {
        var headings = new ArrayList<Heading>();
        var lines = LINE.matcher(text).results().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).group();
            var isFollowed = i + 1 < lines.size();
            if (line.startsWith("#")
                    || (isFollowed && isShort(line) && !NO_HEADING.matcher(line).find())) {
                var words = MARKS.matcher(line).replaceAll("");
                if (!words.isBlank()) {
                    headings.add(new Heading(
                            words, new Span(lines.get(i).start(), lines.get(i).end())));
                }
            }
        }
        return headings;
    }

    private static boolean isShort(String line) {
        return !line.isBlank() && line.length() <= (isChinese(line) ? LONGEST_CHINESE_HEADING : LONGEST_HEADING);
    }

    /** Whether at least a fifth of the letters is Chinese: a Chinese sentence says more with each. */
    static boolean isChinese(String text) {
        var letters = text.codePoints().filter(Character::isLetter).count();
        var chinese = text.chars()
                .filter(character -> Folding.isIdeograph((char) character))
                .count();
        return chinese * 5 >= letters && chinese > 0;
    }
}
