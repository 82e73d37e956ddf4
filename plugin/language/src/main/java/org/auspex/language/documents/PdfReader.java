package org.auspex.language.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.auspex.language.text.Span;
import org.jspecify.annotations.Nullable;

/** The text of a PDF's pages, by Apache PDFBox. Pictures of text are not read. */
final class PdfReader implements Reader {

    /** One in so many characters may have no meaning that its font tells. */
    private static final int READABLE = 20;

    private final Limits limits;

    PdfReader(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Extract read(byte[] bytes, Optional<String> charset) {
        PdfStreams.check(bytes, limits);
        try (var document = Loader.loadPDF(bytes)) {
            if (!document.getCurrentAccessPermission().canExtractContent()) {
                throw encrypted(null);
            }
            limits.checkPages(document.getNumberOfPages());
            return pages(document);
        } catch (InvalidPasswordException e) {
            throw encrypted(e);
        } catch (DocumentRefused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library tells of damage by whatever broke in it: index, cast, absent element.
            throw new DocumentRefused(
                    Reason.DAMAGED,
                    "The PDF breaks at a %s. Send it again from its source"
                            .formatted(e.getClass().getSimpleName()),
                    e);
        }
    }

    private static DocumentRefused encrypted(@Nullable IOException cause) {
        return new DocumentRefused(
                Reason.ENCRYPTED, "The PDF is encrypted against reading its text. Send it without a password", cause);
    }

    private Extract pages(PDDocument document) throws IOException {
        var stripper = new LimitedStripper(limits);
        var text = new StringBuilder();
        var passages = new ArrayList<Passage>();
        var unread = new ArrayList<String>();
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            var words = stripper.getText(document);
            if (words.isBlank()) {
                unread.add("page %d has no text; if it is a picture of text, it was not read".formatted(page));
                continue;
            }
            passages.add(new Passage(new Span(text.length(), text.length() + words.length()), new Place.Page(page)));
            text.append(words);
            limits.checkCharacters(text.length());
        }
        checkText(text, document.getNumberOfPages());
        return new Extract(text.toString(), passages, unread);
    }

    private static void checkText(CharSequence text, int pages) {
        if (text.isEmpty()) {
            throw new DocumentRefused(
                    Reason.WITHOUT_TEXT,
                    "None of the %d pages of the PDF has text: it is scanned. Recognise its characters first, or send its source"
                            .formatted(pages));
        }
        var unknown = text.chars()
                .filter(character -> character == '\uFFFD' || Character.getType(character) == Character.PRIVATE_USE)
                .count();
        if (unknown > text.length() / READABLE) {
            throw new DocumentRefused(
                    Reason.WITHOUT_TEXT,
                    "The fonts of the PDF do not tell which characters %d of its %d signs are. Send its source"
                            .formatted(unknown, text.length()));
        }
    }

    /** Stops at too many signs, which repeated forms can make of a small file. */
    private static final class LimitedStripper extends PDFTextStripper {

        private final Limits limits;
        private int signs;

        LimitedStripper(Limits limits) {
            this.limits = limits;
            setSortByPosition(true);
            setLineSeparator("\n");
        }

        @Override
        protected void processTextPosition(TextPosition text) {
            limits.checkCharacters(++signs);
            super.processTextPosition(text);
        }
    }
}
