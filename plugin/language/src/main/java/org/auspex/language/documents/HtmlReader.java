package org.auspex.language.documents;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/** HTML as a reader sees it: without scripts, styles, forms' inner state, and what is hidden. Nothing is fetched. */
final class HtmlReader implements Reader {

    private static final int LOOKED_AT = 1024;

    /** The parser flattens silently what is deeper than it is told, so it is told more than is allowed below the body. */
    private static final int ROOM = 8;

    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HIDING =
            Pattern.compile("display\\s*:\\s*none|visibility\\s*:\\s*hidden", Pattern.CASE_INSENSITIVE);
    private static final Set<String> UNSEEN =
            Set.of("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> PICTURES = Set.of("img", "picture", "canvas", "video", "object", "svg");

    private final Limits limits;

    HtmlReader(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Extract read(byte[] bytes, Optional<String> charset) {
        var source = Characters.decode(bytes, charset.or(() -> named(bytes)));
        var parser = Parser.htmlParser().setTrackPosition(true).setMaxDepth(limits.depth() + ROOM);
        var seen = new Seen(limits);
        parser.parseInput(source, "").body().filter(seen);
        return seen.text.extract(
                seen.pictures == 0 ? List.of() : List.of("%d pictures were not read".formatted(seen.pictures)));
    }

    private static Optional<String> named(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var matcher = CHARSET.matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Walks the document in its order. */
    private static final class Seen implements NodeFilter {

        private final Limits limits;
        private final TextBuilder text;
        private int pictures;
        private int verbatim;

        Seen(Limits limits) {
            this.limits = limits;
            this.text = new TextBuilder(limits);
        }

        @Override
        public FilterResult head(Node node, int depth) {
            limits.checkDepth(depth);
            if (node instanceof TextNode words) {
                add(words);
            } else if (node instanceof Element element) {
                return begin(element);
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                if (isCell(element)) {
                    text.cell();
                } else if (element.isBlock()) {
                    text.line();
                }
                if (element.normalName().equals("pre")) {
                    verbatim--;
                }
            }
            return FilterResult.CONTINUE;
        }

        private FilterResult begin(Element element) {
            var name = element.normalName();
            if (PICTURES.contains(name)) {
                pictures++;
            }
            if (UNSEEN.contains(name) || isHidden(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            if (name.equals("br") || (element.isBlock() && !isCell(element))) {
                text.line();
            }
            if (name.equals("pre")) {
                verbatim++;
            }
            return FilterResult.CONTINUE;
        }

        private void add(TextNode words) {
            var range = words.sourceRange();
            Optional<Place> place = range.isTracked()
                    ? Optional.of(new Place.Source(range.startPos(), range.endPos()))
                    : Optional.empty();
            if (verbatim > 0) {
                text.verbatim(words.getWholeText(), place);
            } else {
                text.words(words.getWholeText(), place);
            }
        }

        private static boolean isCell(Element element) {
            return CELLS.contains(element.normalName());
        }

        private static boolean isHidden(Element element) {
            return element.hasAttr("hidden")
                    || HIDING.matcher(element.attr("style").toLowerCase(Locale.ROOT))
                            .find();
        }
    }
}
