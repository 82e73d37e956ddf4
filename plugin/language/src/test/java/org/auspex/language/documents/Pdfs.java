package org.auspex.language.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Makes the PDFs of these tests. */
final class Pdfs {

    private Pdfs() {}

    /** @param pages one list of lines each; a page without lines is blank, as a scanned one is to a reader of text */
    static byte[] english(List<List<String>> pages) throws IOException {
        try (var document = new PDDocument()) {
            for (var lines : pages) {
                write(document, lines);
            }
            return bytes(document);
        }
    }

    /** A font that is not embedded, whose characters the PDF names by Unicode: as Chinese PDFs of old do. */
    static byte[] chinese(String line) throws IOException {
        try (var document = new PDDocument()) {
            var resources = new COSDictionary();
            var fonts = new COSDictionary();
            fonts.setItem(COSName.getPDFName("F1"), song());
            resources.setItem(COSName.FONT, fonts);
            var page = new PDPage();
            page.setResources(new PDResources(resources));
            var hex = HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_16BE));
            var content = new PDStream(document);
            try (var out = content.createOutputStream()) {
                out.write("BT /F1 12 Tf 72 700 Td <%s> Tj ET".formatted(hex).getBytes(StandardCharsets.US_ASCII));
            }
            page.setContents(content);
            document.addPage(page);
            return bytes(document);
        }
    }

    static byte[] encrypted(String line) throws IOException {
        try (var document = new PDDocument()) {
            write(document, List.of(line));
            var policy = new StandardProtectionPolicy("owner", "reader", new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            return bytes(document);
        }
    }

    /** One page whose content unpacks to {@code size} spaces. */
    static byte[] bomb(int size) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            var content = new PDStream(document);
            try (var out = content.createOutputStream(COSName.FLATE_DECODE)) {
                var block = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
                for (int written = 0; written < size; written += block.length) {
                    out.write(block);
                }
            }
            page.setContents(content);
            document.addPage(page);
            return bytes(document);
        }
    }

    private static void write(PDDocument document, List<String> lines) throws IOException {
        var page = new PDPage();
        document.addPage(page);
        if (lines.isEmpty()) {
            return;
        }
        try (var content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(FontName.HELVETICA), 12);
            content.newLineAtOffset(72, 700);
            content.setLeading(16);
            for (var line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
        }
    }

    private static COSDictionary song() {
        var system = new COSDictionary();
        system.setItem(COSName.REGISTRY, new COSString("Adobe"));
        system.setItem(COSName.ORDERING, new COSString("GB1"));
        system.setItem(COSName.SUPPLEMENT, COSInteger.get(2));
        var descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, "STSong-Light");
        descriptor.setInt(COSName.FLAGS, 4);
        var descendant = new COSDictionary();
        descendant.setItem(COSName.TYPE, COSName.FONT);
        descendant.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE0);
        descendant.setName(COSName.BASE_FONT, "STSong-Light");
        descendant.setItem(COSName.CIDSYSTEMINFO, system);
        descendant.setItem(COSName.FONT_DESC, descriptor);
        var descendants = new COSArray();
        descendants.add(descendant);
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, "STSong-Light");
        font.setName(COSName.ENCODING, "UniGB-UCS2-H");
        font.setItem(COSName.DESCENDANT_FONTS, descendants);
        return font;
    }

    private static byte[] bytes(PDDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }
}
