package org.auspex.language.documents;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.auspex.language.documents.DocumentRefused.Reason;

/**
 * The narrative of an HL7 Clinical Document Architecture document (release 2): titles and texts of its sections, or the one
 * body that is not XML. Entries are left to those who read structured data. Document types and entities are refused.
 */
final class CdaReader implements Reader {

    private static final int LOOKED_AT = 256;
    private static final Pattern ENCODING = Pattern.compile("encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
    private static final Set<String> LINES =
            Set.of("title", "text", "paragraph", "list", "item", "table", "caption", "tr", "br");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final String NAMESPACE = "urn:hl7-org:v3";

    private final Limits limits;
    private final BiFunction<String, byte[], Extract> inner;

    /** @param inner reads a body that is not XML: its media type, its bytes */
    CdaReader(Limits limits, BiFunction<String, byte[], Extract> inner) {
        this.limits = limits;
        this.inner = inner;
    }

    @Override
    public Extract read(byte[] bytes, Optional<String> charset) {
        var source = Characters.decode(bytes, charset.or(() -> named(bytes)));
        try {
            var reader = factory().createXMLStreamReader(new StringReader(source));
            try {
                return narrative(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The attachment is no well-formed XML; it breaks at line %d, column %d. Send it again from its source"
                            .formatted(
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNumber(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNumber()),
                    e);
        }
    }

    private static Optional<String> named(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var matcher = ENCODING.matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private Extract narrative(XMLStreamReader reader) throws XMLStreamException {
        var text = new TextBuilder(limits);
        Deque<String> path = new ArrayDeque<>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD ->
                    throw new DocumentRefused(
                            Reason.FORMAT, "The XML has a document type declaration, which CDA has not. Remove it");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (path.isEmpty()) {
                        checkRoot(reader);
                    }
                    var body = path.peek();
                    path.push(reader.getLocalName());
                    limits.checkDepth(path.size());
                    if ("nonXMLBody".equals(body) && reader.getLocalName().equals("text")) {
                        return otherBody(reader);
                    }
                    begin(path, text);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end(path, text);
                    path.pop();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (isNarrative(path)) {
                        text.words(reader.getText(), Optional.empty());
                    }
                }
                default -> {
                    // Comments and processing instructions say nothing about a patient.
                }
            }
        }
        return text.extract(List.of());
    }

    private static void checkRoot(XMLStreamReader reader) {
        if (!reader.getLocalName().equals("ClinicalDocument") || !NAMESPACE.equals(reader.getNamespaceURI())) {
            throw new DocumentRefused(
                    Reason.FORMAT,
                    "The XML is no ClinicalDocument of %s, and no other XML is read. Send plain text"
                            .formatted(NAMESPACE));
        }
    }

    /** Whether characters here are a section's title or text. */
    private static boolean isNarrative(Deque<String> path) {
        String below = "";
        var narrative = false;
        for (var element : path) {
            if (element.equals("entry")) {
                return false;
            }
            narrative |= element.equals("section") && (below.equals("title") || below.equals("text"));
            below = element;
        }
        return narrative;
    }

    private static void begin(Deque<String> path, TextBuilder text) {
        if (LINES.contains(path.peek()) && isNarrative(path)) {
            text.line();
        }
    }

    private static void end(Deque<String> path, TextBuilder text) {
        if (CELLS.contains(path.peek()) && isNarrative(path)) {
            text.cell();
        } else {
            begin(path, text);
        }
    }

    private Extract otherBody(XMLStreamReader reader) throws XMLStreamException {
        var mediaType =
                Optional.ofNullable(reader.getAttributeValue(null, "mediaType")).orElse("text/plain");
        var base64 = "B64".equals(reader.getAttributeValue(null, "representation"));
        var content = reader.getElementText();
        if (!base64) {
            return inner.apply(mediaType, content.getBytes(StandardCharsets.UTF_8));
        }
        try {
            return inner.apply(mediaType, Base64.getMimeDecoder().decode(content));
        } catch (IllegalArgumentException e) {
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The body is declared as B64, but it is no Base64. Send it again from its source",
                    e);
        }
    }
}
